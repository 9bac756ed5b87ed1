import { isDamage } from '../artifacts/is-damage.js';
import { putJsonRecord } from '../artifacts/json-records.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { DatasetManifest } from '../contract/dataset-manifest.js';
import { lineageKey, openLineageKey } from '../contract/run-keys.js';
import type { RunRecord } from '../contract/run-record.js';
import { type LineageEntry, toLineageEntries } from '../lineage/lineage-graph.js';
import type { LineageEvent } from '../lineage/open-lineage.js';
import type { KnownColumns } from '../lineage/open-lineage-datasets.js';
import { toOpenLineageEvents } from '../lineage/open-lineage-events.js';
import type { ActivityDependencies } from './activity-dependencies.js';

const parallelWrites = 16;

/**
 * Stores what leads from the bytes of a run to the run, and the run as OpenLineage events, one a line.
 *
 * @returns the events
 */
export async function keepLineage(
  deps: ActivityDependencies,
  record: RunRecord,
): Promise<readonly LineageEvent[]> {
  const { dataset, table, profile } = record.artifacts;
  const [manifest, tableProfile] = await Promise.all([
    readOrNull<DatasetManifest>(deps, dataset),
    readOrNull<{ readonly columns: KnownColumns[string] }>(deps, profile),
  ]);
  const columns: KnownColumns =
    table === undefined || tableProfile === null ? {} : { [table.sha256]: tableProfile.columns };
  const facts = { record, manifest };
  const { receta: version } = deps.platform;
  const events = toOpenLineageEvents(facts, { version, columns });
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  await Promise.all([
    writeEntries(deps, toLineageEntries(facts)),
    deps.objects.put(openLineageKey(record.runId), new TextEncoder().encode(lines), {
      contentType: 'application/x-ndjson',
    }),
  ]);
  return events;
}

async function writeEntries(
  { objects }: ActivityDependencies,
  entries: readonly LineageEntry[],
): Promise<void> {
  const waiting = [...entries];
  const lane = async (): Promise<void> => {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      await putJsonRecord(objects, lineageKey(entry.sha256, entry.runId), entry);
    }
  };
  await Promise.all(Array.from({ length: parallelWrites }, lane));
}

/** A run is closed with what is there: damage must not keep its record from being written. */
async function readOrNull<T>(
  { artifacts }: ActivityDependencies,
  ref: ArtifactRef | undefined,
): Promise<T | null> {
  if (ref === undefined) return null;
  try {
    return await artifacts.getJson<T>(ref);
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}
