import { join } from 'node:path';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import type {
  FoldData,
  PreparedData,
  RunTrialInput,
  TrainModelInput,
} from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { Parameters } from '../contract/run-status.js';
import type { ColumnTable } from '../features/column-table.js';
import { overrideFeaturePlan } from '../features/override-feature-plan.js';
import { splitParameters } from '../features/split-parameters.js';
import { withFamilyFeatures } from '../features/with-family-features.js';
import { familyOf } from '../learning/families.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { fitFold } from './fit-fold.js';
import type { Attempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { toSqlLimits } from './to-sql-limits.js';

/** What is trained: a model with its parameters, those of features among them. */
export interface ModelSettings {
  readonly model: ModelName;
  readonly parameters: Parameters;
}

/** What a training with certain settings learns from. */
export interface OpenFolds {
  readonly task: Task;
  readonly count: number;
  /** Hyperparameters of the model alone. */
  readonly parameters: Parameters;
  fold(number: number): Promise<FoldData>;
}

/**
 * Opens the prepared folds. Where the model wants other features than those that were prepared, or a parameter changes
 * them, the features of each fold are fitted again on its own train rows, once for all trainings with the same plan.
 *
 * @throws RecetaError `pipeline-invalid` for parameters of features that lead nowhere
 */
export async function openFolds(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput | TrainModelInput,
  settings: ModelSettings,
): Promise<OpenFolds> {
  const prepared = await deps.artifacts.getJson<PreparedData>(input.prepared);
  const { features: overrides, model: parameters } = splitParameters(settings.parameters);
  const { folds, task, target, derived, development } = prepared;
  const wanted = withFamilyFeatures(prepared.features, familyOf(settings.model).features);
  const features = overrideFeaturePlan(wanted, overrides);
  const isAsPrepared = toCanonicalJson(features) === toCanonicalJson(prepared.fitted);
  let rows: Promise<ColumnTable> | null = null;

  /** Of the prepare step, whatever step asks: so that a trial's features serve the final training too. */
  async function fitAgain(number: number): Promise<FoldData> {
    const {
      features: program,
      train,
      validation,
    } = await runCached<FoldData>(
      deps,
      attempt,
      {
        of: input,
        step: 'prepare',
        part: 'features',
        inputs: { development },
        parameters: { task, target, derived, features, fold: number },
      },
      async () => {
        rows ??= readDevelopment(deps, attempt, prepared, input);
        const question = { task, target, derived, features, model: settings.model };
        const { data, warnings } = await fitFold(deps.artifacts, await rows, number, question);
        for (const warning of warnings) attempt.log.warn(warning);
        return data;
      },
    );
    return { features: program, train, validation };
  }

  return {
    task,
    count: folds.length,
    parameters,
    fold: async (number) => {
      const data = folds[number];
      if (data === undefined) throw new Error(`there is no fold ${number}`);
      return isAsPrepared ? data : fitAgain(number);
    },
  };
}

async function readDevelopment(
  deps: ActivityDependencies,
  { folder, signal }: Attempt,
  { development }: PreparedData,
  { limits }: RunTrialInput | TrainModelInput,
): Promise<ColumnTable> {
  const path = join(folder, 'development.parquet');
  await deps.artifacts.getFile(development, path, { signal });
  return deps.engine.readTable({ path }, toSqlLimits(limits, signal));
}
