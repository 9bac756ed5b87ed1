import { readJson } from '../artifacts/json-records.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import { attemptsPrefix, runRecordKey } from '../contract/run-keys.js';
import type { AttemptRecord, RunRecord } from '../contract/run-record.js';
import { assertRunExists } from './assert-run-exists.js';
import type { ClientContext } from './client-context.js';
import { mapBounded } from './map-bounded.js';

const parallelReads = 8;

export interface RunArtifact {
  /** Unique within the run, e.g. `evaluationReport`. */
  readonly name: string;
  readonly artifact: ArtifactRef;
}

/**
 * Artifacts of a run by name: those of its record, or while it goes on those that its attempts have stored.
 *
 * @throws RecetaError `run-not-found`, `store-unavailable`
 */
export async function listArtifacts(
  context: ClientContext,
  runId: string,
): Promise<readonly RunArtifact[]> {
  await assertRunExists(context, runId);
  const record = await readJson<RunRecord>(context.objects, runRecordKey(runId));
  const artifacts = record?.value.artifacts ?? (await readAttemptArtifacts(context, runId));
  return Object.entries(artifacts)
    .map(([name, artifact]) => ({ name, artifact }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws RecetaError `run-not-found`; `artifact-not-found` with the names that there are */
export async function findArtifact(
  context: ClientContext,
  runId: string,
  name: string,
): Promise<ArtifactRef> {
  const artifacts = await listArtifacts(context, runId);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (found !== undefined) return found.artifact;
  const names = artifacts.map((artifact) => artifact.name).join(', ');
  throw new RecetaError(
    'artifact-not-found',
    `the run ${runId} has no artifact "${name.slice(0, 100)}"; it has: ${names || 'none yet'}`,
  );
}

async function readAttemptArtifacts(
  context: ClientContext,
  runId: string,
): Promise<Readonly<Record<string, ArtifactRef>>> {
  const objects = await context.objects.list(attemptsPrefix(runId));
  const finished = objects.filter(({ key }) => key.endsWith('.finished.json'));
  const records = await mapBounded(finished, parallelReads, ({ key }) =>
    readJson<AttemptRecord>(context.objects, key),
  );
  return Object.assign({}, ...records.map((record) => record?.value.artifacts ?? {}));
}
