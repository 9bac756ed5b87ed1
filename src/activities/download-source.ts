import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DownloadSourceInput, DownloadSourceResult } from '../contract/activities.js';
import { downloadSource as download } from '../dataset/download.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';

/** Brings the source into the store; one that is there already is only checked. */
export function downloadSource(
  deps: ActivityDependencies,
  input: DownloadSourceInput,
): Promise<DownloadSourceResult> {
  const { runId, source, maxBytes } = input;
  const toFacts = ({ dataset }: DownloadSourceResult) => ({ artifacts: { dataset } });
  return runAttempt(deps, { runId, step: 'download', toFacts }, async (attempt) => {
    if (source.kind === 'artifact') {
      attempt.log.info(`uses ${source.name}, uploaded when the run was started`);
      return { dataset: source.artifact };
    }
    const file = await download(source, {
      workDir: deps.sharedDir,
      dataDir: deps.dataDir,
      maxBytes,
      allowPrivateAddresses: deps.allowPrivateUrls,
      signal: attempt.signal,
      onProgress: ({ receivedBytes }) => attempt.report({ message: `${receivedBytes} bytes` }),
    });
    attempt.log.info(`read ${file.sizeBytes} bytes, sha256 ${file.sha256}`);
    const dataset = await deps.artifacts.putFile(file.path, 'text/csv', { signal: attempt.signal });
    if (source.kind === 'url') await rm(dirname(file.path), { recursive: true, force: true });
    return { dataset };
  });
}
