import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { createJson, putJsonRecord, readJson } from '../artifacts/json-records.js';
import { toSha256 } from '../artifacts/sha256.js';
import type { GivenTrial, OpenRunInput, PreparedData } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { EarlierStudies, EarlierStudy } from '../contract/earlier-studies.js';
import { earlierStudiesKey, runEarlierStudiesKey } from '../contract/run-keys.js';
import type { ReportedTrial } from '../contract/study-report.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { rankTrials } from '../tuning/rank-trials.js';
import type { ActivityDependencies } from './activity-dependencies.js';

type Dependencies = Pick<ActivityDependencies, 'artifacts' | 'objects'>;

/** Settings of one study that a later one tries right after the defaults. */
const mostStarts = 3;

/** Studies that are kept for each pipeline. */
const mostStudies = 4;

const format = 'receta-earlier-studies/1';

/**
 * Settles what a run may learn from earlier studies of its pipeline: later ones do not change it, and a second attempt
 * finds the same. A run that repeats another one has what that one had; one whose trials are to be the same everywhere
 * has none.
 */
export async function freezeEarlierStudies(
  { objects }: Pick<ActivityDependencies, 'objects'>,
  { runId, plan, reproduces }: Pick<OpenRunInput, 'runId' | 'plan' | 'reproduces'>,
): Promise<void> {
  if (plan.tune.order.kind === 'fixed') return;
  const key = reproduces === null ? earlierStudiesKey(plan.name) : runEarlierStudiesKey(reproduces);
  const found = await readJson<EarlierStudies>(objects, key);
  if (found !== null) await createJson(objects, runEarlierStudiesKey(runId), found.value);
}

/** The best settings of the newest study that other data of the same columns had, for the models that are tried now. */
export async function readWarmStarts(
  deps: Dependencies,
  { runId, prepared }: { readonly runId: string; readonly prepared: ArtifactRef },
  studyKey: string,
  models: readonly GivenTrial['model'][],
): Promise<readonly GivenTrial[]> {
  const found = await readJson<EarlierStudies>(deps.objects, runEarlierStudiesKey(runId));
  if (found === null) return [];
  const schemaSha256 = await digestSchema(deps, prepared);
  const fits = (study: EarlierStudy): boolean =>
    study.schemaSha256 === schemaSha256 && study.studyKey !== studyKey;
  const { trials = [] } = found.value.studies.find(fits) ?? {};
  return trials.filter(({ model }) => models.includes(model));
}

/** Keeps the best settings of a study. Of two that end in the same moment one may be lost: they are hints. */
export async function keepBestTrials(
  deps: Dependencies,
  of: { readonly pipeline: string; readonly prepared: ArtifactRef; readonly studyKey: string },
  trials: readonly ReportedTrial[],
): Promise<void> {
  const { pipeline, prepared, studyKey } = of;
  const key = earlierStudiesKey(pipeline);
  const found = await readJson<EarlierStudies>(deps.objects, key);
  const others = (found?.value.studies ?? []).filter((study) => study.studyKey !== studyKey);
  const best = rankTrials(trials).slice(0, mostStarts);
  const study: EarlierStudy = {
    studyKey,
    schemaSha256: await digestSchema(deps, prepared),
    trials: best.map(({ model, parameters }) => ({ model, parameters })),
  };
  const studies = [study, ...others].slice(0, mostStudies);
  await putJsonRecord(deps.objects, key, { format, studies } satisfies EarlierStudies);
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
