import type { LossPlan } from '../../contract/training-plan.js';
import type { Ops, TensorLike } from './ops.js';

/** Losses of single answers, added up where a row has several outputs, and their slopes by these. */
interface Lost<T> {
  readonly value: T;
  readonly slope: T;
}

/** What decides how answers are judged while training. */
export interface LossSettings {
  readonly output: 'linear' | 'sigmoid' | 'softmax';
  readonly loss: LossPlan;
  readonly labelSmoothing: number;
}

/**
 * Loss of a batch, sum(w x loss) / rows, of members the mean over all: each learns on its own (TabM).
 *
 * @param output of the last layer (logits for classification): [rows, units] or [members, rows, units]
 * @param targets `y` [rows, units], `w` [rows, 1] or `null`
 * @returns the loss, a scalar, and its gradient by `output`
 */
export function computeLoss<T extends TensorLike>(
  ops: Ops<T>,
  settings: LossSettings,
  output: T,
  { y, w }: { readonly y: T; readonly w: T | null },
): { readonly loss: T; readonly gradient: T } {
  const answers = (y.shape[0] ?? 1) * (output.shape.length === 3 ? (output.shape[0] ?? 1) : 1);
  const share = ops.constant(1 / answers);
  const weight = w === null ? share : ops.mul(w, share);
  const { value, slope } = judgeAnswers(ops, settings, output, y);
  const every = (x: T): T => ops.sum(x, [...x.shape.keys()]);
  return {
    loss: w === null ? ops.mul(every(value), share) : every(ops.mul(value, weight)),
    gradient: ops.mul(slope, weight),
  };
}

function judgeAnswers<T extends TensorLike>(
  ops: Ops<T>,
  { output: kind, loss, labelSmoothing }: LossSettings,
  output: T,
  y: T,
): Lost<T> {
  if (kind === 'linear') return judgeNumbers(ops, loss, ops.sub(output, y));
  const classes = kind === 'sigmoid' ? 2 : (y.shape.at(-1) ?? 1);
  const target = smoothLabels(ops, y, labelSmoothing, classes);
  if (kind === 'sigmoid') {
    return {
      value: ops.sub(ops.softplus(output), ops.mul(output, target)),
      slope: ops.sub(ops.sigmoid(output), target),
    };
  }
  const logarithms = ops.logSoftmax(output);
  return {
    value: ops.neg(ops.mul(logarithms, target)),
    slope: ops.sub(ops.exp(logarithms), target),
  };
}

/** Spreads a share of the target's probability evenly over all classes (Szegedy et al. 2016). */
function smoothLabels<T extends TensorLike>(ops: Ops<T>, y: T, share: number, classes: number): T {
  if (share === 0) return y;
  return ops.add(ops.mul(y, ops.constant(1 - share)), ops.constant(share / classes));
}

/** @param error answer minus target */
function judgeNumbers<T extends TensorLike>(ops: Ops<T>, loss: LossPlan, error: T): Lost<T> {
  switch (loss.kind) {
    case 'absolute':
      return { value: ops.abs(error), slope: ops.sign(error) };
    case 'huber': {
      const inside = ops.maximum(error, ops.constant(-loss.delta));
      const slope = ops.minimum(inside, ops.constant(loss.delta));
      const beyond = ops.sub(error, ops.mul(slope, ops.constant(0.5)));
      return { value: ops.mul(slope, beyond), slope };
    }
    case 'quantile': {
      const above = ops.greater(error, ops.constant(0));
      const slope = ops.sub(above, ops.constant(loss.alpha));
      const value = ops.sub(ops.relu(error), ops.mul(error, ops.constant(loss.alpha)));
      return { value, slope };
    }
    case 'squared':
      return { value: ops.square(error), slope: ops.mul(error, ops.constant(2)) };
    case 'cross-entropy':
      throw new Error('Cross-entropy needs a network with probabilities as output');
  }
}
