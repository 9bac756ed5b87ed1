import type { DatasetManifest } from '../contract/dataset-manifest.js';
import { RecetaError } from '../contract/errors.js';
import type { PipelinePlan, RunLimits, SourcePlan } from '../contract/pipeline-plan.js';
import type { RunRecord } from '../contract/run-record.js';
import { stepNames } from '../contract/steps.js';
import { compareOutputs, type Reproduction } from '../lineage/compare-outputs.js';
import type { ClientContext } from './client-context.js';
import { readRecord, requireRecord } from './read-record.js';
import { readRunFacts } from './read-run-facts.js';
import { type StartedRun, startRun } from './start-run.js';

export interface ReproduceRunOptions {
  readonly limits: RunLimits;
  readonly idempotencyKey?: string | null;
}

/**
 * Starts a run of a recorded plan over the very files that the recorded run read. It computes every step again and
 * registers nothing; `compareReproduction` says afterwards whether the same came out.
 *
 * @throws RecetaError `run-not-found`; `run-state-conflict` for a run without a result; those of startRun
 */
export async function reproduceRun(
  context: ClientContext,
  runId: string,
  options: ReproduceRunOptions,
): Promise<StartedRun> {
  const record = await requireRecord(context, runId, 'repeat the run');
  const { limits, idempotencyKey = null } = options;
  return startRun(context, {
    plan: await toRecordedPlan(context, record),
    limits,
    idempotencyKey,
    body: { reproduces: runId },
    cache: { recomputeFrom: stepNames[0] },
    reproduces: runId,
  });
}

/**
 * Compares a finished reproduction with the run that it repeats.
 *
 * @throws RecetaError `run-not-found`; `run-state-conflict` for a run that is not finished or repeats none
 */
export async function compareReproduction(
  context: ClientContext,
  runId: string,
): Promise<Reproduction> {
  const record = await requireRecord(context, runId, 'compare the runs');
  if (record.reproduces === null) {
    throw new RecetaError(
      'run-state-conflict',
      `cannot compare the runs: ${runId} repeats no other run; start one with "receta reproduce ${runId}"`,
    );
  }
  const original = await readRecord(context, record.reproduces);
  if (original === null) {
    throw new RecetaError('run-not-found', `the record of the run ${record.reproduces} is gone`);
  }
  const [before, now] = await Promise.all([
    readRunFacts(context, original),
    readRunFacts(context, record),
  ]);
  return compareOutputs(before, now);
}

/** The plan as it was, with the files that the run had fetched in the place of their sources. */
async function toRecordedPlan(
  context: ClientContext,
  { runId, outcome, plan, artifacts }: RunRecord,
): Promise<PipelinePlan> {
  const { dataset } = artifacts;
  const hasResult = outcome === 'succeeded' || outcome === 'rejected';
  if (!hasResult || dataset === undefined) {
    throw new RecetaError(
      'run-state-conflict',
      `only a run with a result can be repeated, and ${runId} ${outcome}; retry it instead`,
    );
  }
  const manifest = await context.artifacts.getJson<DatasetManifest>(dataset);
  const sources = Object.entries(plan.sources).map(([name, source]): [string, SourcePlan] => {
    const files = manifest.sources[name] ?? [];
    const location = {
      kind: 'artifacts' as const,
      files: files.map((file) => ({
        name: file.name,
        artifact: file.artifact,
        ...(file.columns === null ? {} : { columns: file.columns }),
      })),
    };
    return [name, { ...source, location }];
  });
  return { ...plan, sources: Object.fromEntries(sources) };
}
