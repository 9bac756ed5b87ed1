import { RecetaError } from '../../../contract/errors.js';
import type { TrainedFamily, TrainingContext } from '../../process/family-trainer.js';
import type { TrainingData } from '../../process/training-data.js';
import { sumGains } from '../../trees/sum-gains.js';
import { planBoosting } from './boosting-plan.js';
import {
  type BoostingState,
  fromCheckpoint,
  startBoosting,
  toCheckpoint,
  toTreesTensor,
} from './boosting-state.js';
import { toNativeNames } from './feature-names.js';
import { type Growth, growSegment, isOver } from './grow-segment.js';
import { lightgbmFamily } from './lightgbm-family.js';
import type { LightgbmParameters } from './lightgbm-parameters.js';
import { Booster } from './native/booster.js';
import { Dataset } from './native/dataset.js';
import { type LightgbmLibrary, loadLightgbm } from './native/lightgbm-library.js';
import { toBoosterSettings, toDatasetSettings } from './native-settings.js';
import { patienceFor } from './patience.js';
import { segmentLength } from './segment-length.js';
import { toAnswers } from './to-answers.js';

/**
 * Trains boosted trees with the native LightGBM on one thread, until the objective on the validation rows has not
 * become better for a while; the best iteration is kept. An epoch is an iteration: one tree, or one for each class.
 *
 * Errors: `backend-unavailable` without the library, `training-diverged`.
 */
export async function trainLightgbm(context: TrainingContext): Promise<TrainedFamily> {
  const library = await loadLightgbm();
  const { job } = context;
  const plan = planBoosting(job.loss, job.objective, job.classCount);
  // Every parameter was found present and in range before the process was started.
  const parameters = job.parameters as unknown as LightgbmParameters;
  const growth: Growth = { context, plan, patience: patienceFor(parameters) };
  const state = await boost(library, growth, parameters);
  return toTrained(state, growth, library.version);
}

async function boost(
  library: LightgbmLibrary,
  growth: Growth,
  parameters: LightgbmParameters,
): Promise<BoostingState> {
  const { context, plan } = growth;
  const { job, resumed } = context;
  const rows = { train: context.train.rowCount, validation: context.validation.rowCount };
  const size = { train: rows.train * plan.scores, validation: rows.validation * plan.scores };
  const state = resumed === null ? startBoosting(size) : fromCheckpoint(resumed);
  const data = createDatasets(library, context, parameters);
  const length = segmentLength(rows.train, plan.scores);
  const shape = { scores: plan.scores, metrics: plan.metrics.length };
  while (!isOver(state, growth)) {
    const segment = state.iterations / length;
    if (segment > 0) {
      data.train.setInitialScores(state.trainScores);
      data.validation.setInitialScores(state.validationScores);
    }
    const settings = toBoosterSettings(parameters, plan, { seed: job.seed, segment });
    const booster = new Booster(library, data, settings, shape);
    await growSegment(booster, state, (segment + 1) * length, growth);
    booster.free();
    if (isOver(state, growth)) break;
    await context.offerCheckpoint(state.iterations, () => toCheckpoint(state));
  }
  data.validation.free();
  data.train.free();
  return state;
}

function createDatasets(
  library: LightgbmLibrary,
  { job, train, validation }: TrainingContext,
  parameters: LightgbmParameters,
): { readonly train: Dataset; readonly validation: Dataset } {
  const settings = toDatasetSettings(job.outputs, parameters);
  const own = new Dataset(library, train, settings, null);
  own.setFeatureNames(toNativeNames(job.outputs.map(({ name }) => name)));
  own.setTargets(toTargets(train), train.w);
  const other = new Dataset(library, validation, settings, own);
  other.setTargets(toTargets(validation), validation.w);
  return { train: own, validation: other };
}

function toTargets({ y, classes }: TrainingData): Float32Array {
  return classes === null ? y : Float32Array.from(classes);
}

function toTrained(
  state: BoostingState,
  { context, plan }: Growth,
  version: string,
): TrainedFamily {
  const { job, train } = context;
  const { text, bestIteration } = state;
  if (text === null)
    throw new RecetaError('internal', 'Training lightgbm: no iteration was asked for.');
  const best = { ...text, trees: text.trees.slice(0, bestIteration * plan.scores) };
  const gains = sumGains(best.trees, train.width);
  const predictions = toAnswers(state.bestAnswers, plan);
  const outputs = plan.answer === 'sigmoid' ? 2 : plan.scores;
  return {
    predictor: {
      kind: 'trees',
      trees: { inputWidth: train.width, outputs, answer: plan.answer, iterations: bestIteration },
    },
    weights: { trees: toTreesTensor(best) },
    predictions,
    bestEpoch: bestIteration,
    value: context.judge(predictions).value,
    epochsRun: state.iterations,
    history: state.history,
    importance: Object.fromEntries(
      job.outputs.map(({ name }, index) => [name, gains[index] as number]),
    ),
    backend: { ...lightgbmFamily.backend(context.networks), versions: { lightgbm: version } },
  };
}
