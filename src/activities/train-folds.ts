import type {
  FoldData,
  FoldOutcome,
  RunTrialInput,
  TrainModelInput,
  TrialOutcome,
} from '../contract/activities.js';
import { safetensorsMediaType } from '../contract/media-types.js';
import type { ModelName } from '../contract/model-names.js';
import type { StepName } from '../contract/steps.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { assertModelInputs } from '../learning/assert-model-inputs.js';
import { readPlatformKey } from '../learning/backend/training-platform.js';
import { familyOf } from '../learning/families.js';
import { toDatasetTraits } from '../learning/to-dataset-traits.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type ModelSettings, type OpenFolds, openFolds } from './open-folds.js';
import type { Attempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { trainResumably } from './train-resumably.js';

export interface FoldTraining extends ModelSettings {
  /** Of which step the results are. */
  readonly step: Extract<StepName, 'tune' | 'train'>;
  /** Names the training among those of its run. */
  readonly label: string;
  /** `null`: what the model's settings say. */
  readonly epochs: number | null;
  /** Is told of each epoch of the first fold, and of the end of each fold. */
  readonly watch?: TrainingWatch;
}

export interface TrainingWatch {
  /** @param epochs most that the training takes */
  onEpoch(epoch: number, value: number, epochs: number): void;
  onFold(fold: number, value: number): Promise<void>;
}

/** What one fold's training left, and where it began. */
type TrainedFold = FoldOutcome & { readonly resumedFromEpoch: number | null };

export interface TrainedFolds {
  readonly outcome: TrialOutcome;
  /** Of the fold that was trained when an earlier attempt ended. */
  readonly resumedFromEpoch: number | null;
}

/** Trains one model on every fold and keeps all that it answers for the validation parts. */
export async function trainFolds(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput | TrainModelInput,
  training: FoldTraining,
): Promise<TrainedFolds> {
  const folds = await openFolds(deps, attempt, input, training);
  const trained: TrainedFold[] = [];
  for (let fold = 0; fold < folds.count; fold += 1) {
    const result = await runFold(deps, attempt, input, training, folds, fold);
    trained.push(result);
    await training.watch?.onFold(fold, result.value);
  }
  const { model, parameters } = training;
  const value = trained.reduce((sum, fold) => sum + fold.value, 0) / trained.length;
  const resumed = trained.map(({ resumedFromEpoch }) => resumedFromEpoch);
  return {
    outcome: {
      format: 'receta-trial/1',
      ...{ model, parameters, value },
      folds: trained.map(({ resumedFromEpoch, ...fold }) => fold),
    },
    resumedFromEpoch: resumed.find((epoch) => epoch !== null) ?? null,
  };
}

/** With several folds each keeps its own result, so that a later attempt trains only what is left. */
async function runFold(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput | TrainModelInput,
  training: FoldTraining,
  folds: OpenFolds,
  fold: number,
): Promise<TrainedFold> {
  const data = await folds.fold(fold);
  const train = () => trainFold(deps, attempt, input, training, folds, { number: fold, data });
  if (folds.count === 1) return train();
  const { task, parameters } = folds;
  const { step, model, epochs } = training;
  const { learning, seed, trainRows } = input;
  const platformKey = readPlatformKey(familyOf(model).backend(deps.backend));
  const { cache, ...result } = await runCached(
    deps,
    attempt,
    {
      of: input,
      step,
      part: 'fold',
      inputs: { ...data },
      parameters: { task, model, parameters, learning, epochs, seed, trainRows, platformKey },
    },
    train,
  );
  return { ...result, resumedFromEpoch: cache.state === 'hit' ? null : result.resumedFromEpoch };
}

async function trainFold(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput | TrainModelInput,
  { model, label, ...training }: FoldTraining,
  { task, count, parameters }: OpenFolds,
  { number: fold, data }: { readonly number: number; readonly data: FoldData },
): Promise<TrainedFold> {
  const { runId, learning, seed, limits } = input;
  const features = await deps.artifacts.getJson<FeatureProgram>(data.features);
  // Features may have been fitted for another model.
  assertModelInputs(model, features);
  const epochs = training.epochs ?? chooseEpochs(model, features, input);
  const result = await trainResumably(deps, attempt, {
    ...{ runId, task, data, features, model, parameters, learning, epochs, seed, limits },
    label: count === 1 ? label : `${label}-fold-${fold}`,
    onEpoch: ({ epoch, trainLoss, validationLoss, resumedFromEpoch }) => {
      if (fold === 0) training.watch?.onEpoch(epoch, validationLoss, epochs);
      attempt.report({
        // Folds that ended early count as whole ones.
        epoch: fold * epochs + epoch,
        epochs: count * epochs,
        trainLoss,
        validationLoss,
        resumedFromEpoch,
        message: count === 1 ? model : `${model}, fold ${fold + 1} of ${count}`,
      });
    },
  });
  const { value, bestEpoch, backend, platformKey, resumedFromEpoch } = result;
  const { predictor, importance } = result;
  attempt.log.info(`${model}, fold ${fold + 1} of ${count}: ${value} in epoch ${bestEpoch}`);
  const { signal } = attempt;
  const [weights, predictions, history] = await Promise.all([
    deps.artifacts.putFile(result.weights, safetensorsMediaType, { signal }),
    deps.artifacts.putFile(result.predictions, safetensorsMediaType, { signal }),
    deps.artifacts.putJson(result.history),
  ]);
  return {
    ...{ features: data.features, validation: data.validation },
    ...{ predictor, weights, predictions, history, importance },
    ...{ value, bestEpoch, backend, platformKey, resumedFromEpoch },
  };
}

/** What suits the model with the features that it really gets. */
function chooseEpochs(
  model: ModelName,
  { target, width }: FeatureProgram,
  { trainRows, learning }: RunTrialInput | TrainModelInput,
): number {
  const { task } = target;
  const classCount = target.task === 'classification' ? target.classes.length : null;
  const traits = toDatasetTraits({ task, classCount, trainRows, width, learning });
  return familyOf(model).defaultEpochs(traits);
}
