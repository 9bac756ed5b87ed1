import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { DatasetManifest } from '../contract/dataset-manifest.js';
import { RecetaError } from '../contract/errors.js';
import type { RunRecord } from '../contract/run-record.js';
import type { KeyParts } from '../contract/step-cache.js';
import type { RunFacts } from '../lineage/run-facts.js';
import type { ClientContext } from './client-context.js';

/** Reads what the record of a run only points to: the files that it read, and what each step depended on. */
export async function readRunFacts(context: ClientContext, record: RunRecord): Promise<RunFacts> {
  const { dataset } = record.artifacts;
  const { study } = record.progress;
  const parts = record.progress.steps.flatMap(({ cache }) => (cache === null ? [] : cache.parts));
  const [manifest, report, keyParts] = await Promise.all([
    dataset === undefined ? null : readOrNull<DatasetManifest>(context, dataset),
    study ? context.reports.read(study) : null,
    Promise.all(parts.map((ref) => readOrNull<KeyParts>(context, ref))),
  ]);
  const trials = report?.trials ?? [];
  return { record, manifest, trials, keyParts: keyParts.filter((found) => found !== null) };
}

/** What somebody has removed from the store is left out, so that the rest can still be told. */
async function readOrNull<T>(context: ClientContext, ref: ArtifactRef): Promise<T | null> {
  try {
    return await context.artifacts.getJson<T>(ref);
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'artifact-not-found') return null;
    throw error;
  }
}
