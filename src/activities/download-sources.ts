import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findDamage } from '../cache/find-damage.js';
import { createKeyParts } from '../cache/key-parts.js';
import type { DownloadSourcesInput, DownloadSourcesResult } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { DatasetManifest, SourceFile } from '../contract/dataset-manifest.js';
import { RecetaError } from '../contract/errors.js';
import type { SourcePlan } from '../contract/pipeline-plan.js';
import type { CacheNote } from '../contract/step-cache.js';
import { describeLocation } from '../dataset/sources/describe-location.js';
import type { FetchOptions, KnownFiles } from '../dataset/sources/fetch-options.js';
import { fetchSource } from '../dataset/sources/fetch-source.js';
import type { FetchedFile, KnownFile, LocalFile } from '../dataset/sources/fetched-file.js';
import { toMediaType } from '../dataset/sources/media-type.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { FetchMemory } from './fetch-memory.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { toRecomputeReason } from './to-step-request.js';

/** What became of one file: in which words the step tells of it. */
type FileStory = Pick<FetchedFile, 'state' | 'reason'>;

/**
 * Brings every file of every source into the store, its bytes unchanged. It is asked each time whether something has
 * changed, so this step keeps no result of its own: a hit means that nothing had to be fetched.
 */
export function downloadSources(
  deps: ActivityDependencies,
  input: DownloadSourcesInput,
): Promise<DownloadSourcesResult> {
  const { runId, sources } = input;
  const toFacts = ({ manifest }: DownloadSourcesResult) => ({ artifacts: { dataset: manifest } });
  return runAttempt(deps, { runId, step: 'download', toFacts }, async (attempt) => {
    const fetched: Record<string, readonly SourceFile[]> = {};
    const stories: FileStory[] = [];
    for (const [name, plan] of Object.entries(sources)) {
      fetched[name] = await downloadSource(deps, input, attempt, { name, plan, stories });
    }
    const manifest: DatasetManifest = { format: 'receta-dataset/1', sources: fetched };
    const artifact = await deps.artifacts.putJson(manifest);
    const files = Object.values(fetched).flat();
    const cache = await toCacheNote(deps, input, artifact, { manifest, stories });
    attempt.log.info(`${cache.state}: ${cache.reason}`);
    return {
      manifest: artifact,
      files: files.length,
      sizeBytes: files.reduce((sum, file) => sum + file.artifact.sizeBytes, 0),
      cache,
    };
  });
}

async function downloadSource(
  deps: ActivityDependencies,
  input: DownloadSourcesInput,
  attempt: Attempt,
  source: { readonly name: string; readonly plan: SourcePlan; readonly stories: FileStory[] },
): Promise<readonly SourceFile[]> {
  const { name, plan, stories } = source;
  const mayTakeOver = toRecomputeReason(input.cache, 'download') === null;
  const memory = await FetchMemory.open(deps.objects, input.pipeline, name);
  const known: KnownFiles = {
    find: (id) => (mayTakeOver ? memory.find(id) : null),
    isIntact: (artifact) => isIntact(deps, artifact, attempt),
  };
  const files: SourceFile[] = [];
  try {
    for await (const file of fetchSource(name, plan, toOptions(deps, input, attempt, known))) {
      const kept = file.state === 'hit' ? file.known : await storeFile(deps, file, attempt);
      memory.keep(file.id, kept);
      stories.push(file);
      attempt.log.info(`${file.state}: ${file.reason}, sha256 ${kept.artifact.sha256}`);
      files.push({ name: file.name, artifact: kept.artifact, columns: kept.columns });
    }
    memory.forgetOthers();
  } finally {
    // Also what an attempt got before it failed need not be fetched again.
    await memory.save();
  }
  return files;
}

function toOptions(
  deps: ActivityDependencies,
  { limits }: DownloadSourcesInput,
  { folder, signal, report }: Attempt,
  known: KnownFiles,
): FetchOptions {
  return {
    dataDir: deps.dataDir,
    downloadsDir: join(deps.sharedDir, 'downloads'),
    allowedHosts: deps.allowedPrivateHosts,
    connections: deps.connections,
    openBucket: deps.openBucket,
    artifacts: deps.artifacts,
    registry: deps.processes,
    folder,
    maxBytes: limits.sourceMaxBytes,
    exportLimits: { deadlineMs: limits.sqlDeadlineMs, memoryBytes: limits.sqlMemoryBytes },
    known,
    signal,
    onProgress: (message) => report({ message }),
  };
}

async function storeFile(
  { artifacts }: ActivityDependencies,
  file: LocalFile,
  { signal }: Attempt,
): Promise<KnownFile> {
  const { columns, sha256, validators } = file;
  const mediaType = columns === null ? toMediaType(file.name) : 'text/csv';
  const artifact = await artifacts.putFile(file.path, mediaType, { signal });
  if (columns === null && artifact.sha256 !== sha256) {
    throw new RecetaError(
      'source-unreachable',
      `Reading the source ${file.name}: it was changed while it was read. It may work later.`,
    );
  }
  if (file.temporary) await rm(file.path, { force: true });
  return { artifact, columns, sha256, validators };
}

/** Damaged bytes are removed, because equal ones would not be written over them. */
async function isIntact(
  { artifacts }: ActivityDependencies,
  artifact: ArtifactRef,
  { folder, signal }: Attempt,
): Promise<boolean> {
  const damaged = await findDamage(artifacts, artifact, { folder, signal });
  await Promise.all(damaged.map(({ ref }) => artifacts.discardDamaged(ref)));
  return damaged.length === 0;
}

async function toCacheNote(
  { artifacts }: ActivityDependencies,
  { cache, sources }: DownloadSourcesInput,
  { sha256: key }: ArtifactRef,
  outcome: { readonly manifest: DatasetManifest; readonly stories: readonly FileStory[] },
): Promise<CacheNote> {
  const inputs = Object.entries(outcome.manifest.sources).flatMap(([name, files]) =>
    files.map((file, index) => [`${name}[${index}] ${file.name}`, file.artifact] as const),
  );
  const locations = Object.entries(sources).map(
    ([name, { location }]) => [name, describeLocation(location)] as const,
  );
  const parts = createKeyParts({
    step: 'download',
    part: null,
    inputs: Object.fromEntries(inputs),
    parameters: Object.fromEntries(locations),
    code: {},
  });
  const ran = outcome.stories.filter(({ state }) => state === 'ran');
  const told = ran.length > 0 ? ran : outcome.stories;
  const others = told.length > 1 ? ` (and ${told.length - 1} more)` : '';
  const reason = `${told[0]?.reason ?? 'there was nothing to fetch'}${others}`;
  const asked = toRecomputeReason(cache, 'download');
  return {
    state: ran.length > 0 ? 'ran' : 'hit',
    reason: ran.length > 0 ? (asked ?? reason) : `unchanged, ${reason}`,
    key,
    parts: await artifacts.putJson(parts),
  };
}
