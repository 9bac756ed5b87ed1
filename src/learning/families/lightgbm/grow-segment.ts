import type { TrainingContext } from '../../process/family-trainer.js';
import { trainingDiverged } from '../../training/training-diverged.js';
import { parseTreeText } from '../../trees/tree-text.js';
import type { BoostingPlan } from './boosting-plan.js';
import type { BoostingState } from './boosting-state.js';
import { joinSegments } from './join-segments.js';
import { type Booster, parts } from './native/booster.js';
import { toAnswers } from './to-answers.js';

export interface Growth {
  readonly context: TrainingContext;
  readonly plan: BoostingPlan;
  /** Iterations without a better one after which the training ends. */
  readonly patience: number;
}

/** Every so many iterations the losses are reported; those in between are looked at by LightGBM alone. */
const reportEvery = 10;

/** Where LightGBM does not know the objective, every so many iterations count as candidates. */
const judgeEvery = 5;

/**
 * Grows the trees of one segment and moves the state to its end; raw scores are read only if the training goes on.
 *
 * @param last iteration at which the segment ends, unless the training ends before
 * @throws RecetaError `training-diverged`
 */
export async function growSegment(
  booster: Booster,
  state: BoostingState,
  last: number,
  growth: Growth,
): Promise<void> {
  const first = state.iterations;
  const { context, plan } = growth;
  let reportedMs = context.nowMs();
  while (state.iterations < last && !isOver(state, growth)) {
    state.finished = booster.update();
    // What was not split is no iteration, but a model needs one.
    if (state.finished && state.iterations > 0) break;
    state.iterations += 1;
    measure(booster, state, growth);
    if (state.iterations % reportEvery === 0) {
      const nowMs = context.nowMs();
      report(booster, state, growth, (nowMs - reportedMs) / 1000);
      reportedMs = nowMs;
    }
    await context.breathe();
  }
  // Segments end with a report; only a training may end between two.
  if (state.history.at(-1)?.epoch !== state.iterations) {
    report(booster, state, growth, (context.nowMs() - reportedMs) / 1000);
  }
  const grown = (state.iterations - first) * plan.scores;
  state.text = joinSegments(state.text, parseTreeText(booster.toText()), grown);
  if (isOver(state, growth)) return;
  const scores = booster.finishScores();
  state.trainScores = scores.train;
  state.validationScores = scores.validation;
}

/** Whether all iterations are grown, nothing is left to split, or the patience is used up. */
export function isOver(state: BoostingState, { context, patience }: Growth): boolean {
  const { iterations, bestIteration, finished } = state;
  return finished || iterations >= context.job.epochs || iterations - bestIteration >= patience;
}

function measure(booster: Booster, state: BoostingState, growth: Growth): void {
  const { context, plan } = growth;
  if (plan.objectiveMetric === null) {
    if (state.iterations % judgeEvery !== 0 && state.iterations !== 1) return;
    const answers = new Float64Array(state.bestAnswers.length);
    booster.readAnswers(parts.validation, answers);
    const { value } = context.judge(toAnswers(answers, plan));
    assertFinite(value, 'validation loss', state, growth);
    if (value < state.bestValue)
      Object.assign(state, { bestAnswers: answers, ...found(state, value) });
    return;
  }
  // The plan has named the metric.
  const metric = booster.evaluate(parts.validation)[plan.objectiveMetric] as number;
  const value = plan.higherIsBetter ? 1 - metric : metric;
  assertFinite(value, 'validation loss', state, growth);
  if (value >= state.bestValue) return;
  booster.readAnswers(parts.validation, state.bestAnswers);
  Object.assign(state, found(state, value));
}

function found({ iterations }: BoostingState, value: number) {
  return { bestIteration: iterations, bestValue: value };
}

/** The loss of the train rows, and the validation rows judged as everywhere. */
function report(booster: Booster, state: BoostingState, growth: Growth, seconds: number): void {
  const { context, plan } = growth;
  const trainLoss = booster.evaluate(parts.train)[0] as number;
  assertFinite(trainLoss, 'train loss', state, growth);
  const answers = new Float64Array(state.bestAnswers.length);
  booster.readAnswers(parts.validation, answers);
  const { value, metrics } = context.judge(toAnswers(answers, plan));
  assertFinite(value, 'validation loss', state, growth);
  const losses = { epoch: state.iterations, trainLoss, validationLoss: value, metrics };
  state.history.push(losses);
  context.onEpoch(losses, seconds);
}

function assertFinite(
  value: number,
  what: string,
  state: BoostingState,
  { context }: Growth,
): void {
  if (Number.isFinite(value)) return;
  throw trainingDiverged(state.iterations, what, value, context.job.parameters);
}
