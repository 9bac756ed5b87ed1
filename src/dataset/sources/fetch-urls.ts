import type { SourceLocation } from '../../contract/pipeline-plan.js';
import { toLocalFile } from './describe-fetch.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile, KnownFile } from './fetched-file.js';
import { type DownloadOptions, downloadUrl } from './http/download-url.js';
import { describeUrl } from './http/source-url.js';
import { measureFile } from './measure-file.js';

/** Downloads each URL, unless its server says that nothing has changed. */
export async function* fetchUrls(
  { urls }: Extract<SourceLocation, { kind: 'url' }>,
  context: FetchContext,
): AsyncGenerator<FetchedFile> {
  for (const url of urls) yield await fetchFrom(url, context);
}

async function fetchFrom(url: string, context: FetchContext): Promise<FetchedFile> {
  const id = context.toId(['url', url]);
  const known = context.known.find(id);
  const path = context.newPath();
  const fetch = (validators: KnownFile['validators']) =>
    downloadUrl(url, { ...toDownloadOptions(url, context), path, known: validators });
  let outcome = await fetch(known?.validators ?? null);
  const name = describeUrl(new URL(url));
  if (outcome.state === 'unchanged' && known !== null) {
    if (await context.known.isIntact(known.artifact)) {
      return { state: 'hit', id, name, known, reason: `the server says so of ${name} (304)` };
    }
    outcome = await fetch(null);
  }
  const validators = outcome.state === 'complete' ? outcome.validators : null;
  const measured = await measureFile(path, name, context.signal);
  return toLocalFile(
    { id, name, path, temporary: true, ...measured, columns: null, validators },
    known,
  );
}

function toDownloadOptions(url: string, context: FetchContext): Omit<DownloadOptions, 'path'> {
  const { downloadsDir, allowedHosts, maxBytes, signal, onProgress, http = {} } = context;
  return {
    downloadsDir,
    allowedHosts,
    maxBytes,
    signal,
    rules: http,
    onProgress: ({ receivedBytes, totalBytes }) => {
      const of = totalBytes === null ? '' : ` of ${totalBytes}`;
      onProgress(`${describeUrl(new URL(url))}: ${receivedBytes}${of} bytes`);
    },
  };
}
