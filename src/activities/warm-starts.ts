import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import { toSha256 } from '../artifacts/sha256.js';
import type { GivenTrial, PreparedData } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { ModelName } from '../contract/model-names.js';
import { bestTrialsKey } from '../contract/run-keys.js';
import type { ReportedTrial } from '../contract/study-report.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { rankTrials } from '../tuning/rank-trials.js';
import type { ActivityDependencies } from './activity-dependencies.js';

type Dependencies = Pick<ActivityDependencies, 'artifacts' | 'objects'>;

/** Settings that a later study tries right after the defaults. */
const mostStarts = 3;

/** The best settings that the last study of the same columns found, for the models that are tried now. */
export async function readWarmStarts(
  deps: Dependencies,
  prepared: ArtifactRef,
  models: readonly ModelName[],
): Promise<readonly GivenTrial[]> {
  const key = bestTrialsKey(await digestSchema(deps, prepared));
  const stored = await readJson<{ readonly trials: readonly GivenTrial[] }>(deps.objects, key);
  return (stored?.value.trials ?? []).filter(({ model }) => models.includes(model));
}

/** Keeps the best settings of a study for later ones. */
export async function keepWarmStarts(
  deps: Dependencies,
  prepared: ArtifactRef,
  trials: readonly ReportedTrial[],
): Promise<void> {
  const best = rankTrials(trials).slice(0, mostStarts);
  const key = bestTrialsKey(await digestSchema(deps, prepared));
  await putJsonRecord(deps.objects, key, {
    format: 'receta-best-trials/1',
    trials: best.map(({ model, parameters }) => ({ model, parameters })),
  });
}

/** Of what is learned and from which columns, however many rows there are and whatever they hold. */
async function digestSchema({ artifacts }: Dependencies, prepared: ArtifactRef): Promise<string> {
  const { task, target, folds } = await artifacts.getJson<PreparedData>(prepared);
  const [fold] = folds;
  if (fold === undefined) throw new Error('prepared data has at least one fold');
  const { columns } = await artifacts.getJson<FeatureProgram>(fold.features);
  const schema = columns.map(({ name, kind }) => [name, kind]);
  return toSha256(toCanonicalJson({ task, target, schema }));
}
