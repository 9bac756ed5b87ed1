import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { lineagePrefix } from '../contract/run-keys.js';
import {
  type LineageEntry,
  type ModelLineage,
  type RunLineage,
  toRunLineage,
} from '../lineage/lineage-graph.js';
import type { ModelVersion } from '../registry/model-version.js';
import type { ClientContext } from './client-context.js';
import { mapBounded } from './map-bounded.js';
import { requireRecord } from './read-record.js';
import { readRunFacts } from './read-run-facts.js';

const sha256Pattern = /^[0-9a-f]{64}$/;
const maxEntries = 1_000;
const parallelReads = 8;

/**
 * What a finished run was made of.
 *
 * @throws RecetaError `run-not-found`, `run-state-conflict`
 */
export async function readRunLineage(context: ClientContext, runId: string): Promise<RunLineage> {
  const record = await requireRecord(context, runId, 'tell where its results come from');
  return toRunLineage(await readRunFacts(context, record));
}

/** What a registered version was made of. Throws as `readRunLineage` does. */
export async function readModelLineage(
  context: ClientContext,
  { model, version, runId, artifacts }: ModelVersion,
): Promise<ModelLineage> {
  const run = await readRunLineage(context, runId);
  return { model, version, modelSha256: artifacts.model.sha256, run };
}

/**
 * Runs that used or made the bytes of a digest, oldest first, at most 1,000.
 *
 * @throws RecetaError `request-invalid` for what is no digest; `artifact-not-found` when no finished run knows it
 */
export async function readUses(
  context: ClientContext,
  sha256: string,
): Promise<readonly LineageEntry[]> {
  if (!sha256Pattern.test(sha256)) {
    throw new RecetaError(
      'request-invalid',
      `"${sha256.slice(0, 100)}" is no sha256: 64 lower-case hexadecimal digits are needed`,
    );
  }
  const infos = await context.objects.list(lineagePrefix(sha256), { limit: maxEntries });
  const found = await mapBounded(infos, parallelReads, ({ key }) =>
    readJson<LineageEntry>(context.objects, key),
  );
  const entries = found.flatMap((entry) => (entry === null ? [] : [entry.value]));
  if (entries.length === 0) {
    throw new RecetaError(
      'artifact-not-found',
      `no finished run has used or made the bytes with sha256 ${sha256}`,
    );
  }
  return entries.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}
