import { RecetaError } from '../../../contract/errors.js';
import type { MemberPredictor } from '../../model/member-predictor.js';
import type { PredictorSpec } from '../../model/predictor-spec.js';
import { createNetworkPredictor } from '../../network/predict-network.js';
import type { TrainedFamily, TrainingContext } from '../../process/family-trainer.js';
import { decodeSolverState, encodeSolverState } from './lbfgs-checkpoint.js';
import { linearFamily } from './linear-family.js';
import { measureLinearImportance } from './linear-importance.js';
import { countMargins, toLinearNetwork, toLinearTensors } from './linear-model.js';
import { solveLinear } from './solve-linear.js';

/** Multiplications between two breaths: some tens of milliseconds. */
const pieceSize = 2e7;

/**
 * Trains a linear model to the end: whatever the number of epochs, one epoch is the whole solution, as no early stop is
 * better than the right penalty.
 *
 * Errors: `training-diverged` when features are too large for a finite solution.
 */
export async function trainLinear(context: TrainingContext): Promise<TrainedFamily> {
  const { job, train, resumed } = context;
  const startMs = context.nowMs();
  const { model, deviations, meanLoss } = await solveLinear(
    {
      data: train,
      loss: job.loss,
      outputs: countMargins(job.classCount),
      penalty: readPenalty(context),
    },
    {
      breathe: () => context.breathe(),
      onIteration: (iterations, state) =>
        context.offerCheckpoint(iterations, () => encodeSolverState(state)),
      resumed: resumed && decodeSolverState(resumed),
    },
  );
  const network = toLinearNetwork(train.width, job.classCount);
  const weights = toLinearTensors(network, model);
  assertFinite(meanLoss, job.parameters);
  const predictions = await predict(createNetworkPredictor(network, weights), context);
  const { value, metrics } = context.judge(predictions);
  const losses = { epoch: 1, trainLoss: meanLoss, validationLoss: value, metrics };
  assertFinite(value, job.parameters);
  context.onEpoch(losses, (context.nowMs() - startMs) / 1_000);
  const predictor: PredictorSpec = { kind: 'network', network };
  return {
    ...{ predictor, weights, predictions },
    ...{ bestEpoch: 1, value, epochsRun: 1, history: [losses] },
    importance: measureLinearImportance(model, deviations, job.outputs),
    backend: linearFamily.backend(context.networks),
  };
}

/** Answers for the validation part, some rows at a time. */
async function predict(
  predictor: MemberPredictor,
  { validation, breathe }: TrainingContext,
): Promise<Float32Array> {
  const { x, width, rowCount } = validation;
  const predictions = new Float32Array(rowCount * predictor.outputs);
  const rowsOfPiece = Math.max(1, Math.floor(pieceSize / (width * predictor.outputs)));
  for (let start = 0; start < rowCount; start += rowsOfPiece) {
    const rows = x.subarray(start * width, Math.min(rowCount, start + rowsOfPiece) * width);
    predictions.set(predictor.answer(rows), start * predictor.outputs);
    await breathe();
  }
  return predictions;
}

function readPenalty({ job }: TrainingContext): number {
  const { penalty } = job.parameters;
  if (typeof penalty === 'number') return penalty;
  throw new RecetaError(
    'pipeline-invalid',
    `Training a linear model: its parameter penalty is ${JSON.stringify(penalty)} and no number.`,
    { problems: [{ path: 'penalty', message: 'penalty must be a number' }] },
  );
}

function assertFinite(loss: number, parameters: TrainingContext['job']['parameters']): void {
  if (Number.isFinite(loss)) return;
  throw new RecetaError(
    'training-diverged',
    `Training a linear model: its loss became ${loss} with ${JSON.stringify(parameters)}. ` +
      'Try a larger penalty, and look for extreme values in the columns.',
  );
}
