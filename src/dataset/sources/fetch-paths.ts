import { relative } from 'node:path';
import type { SourceLocation } from '../../contract/pipeline-plan.js';
import { toLocalFile } from './describe-fetch.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile } from './fetched-file.js';
import { findDataFiles } from './local/find-data-files.js';
import { measureFile } from './measure-file.js';

/** Files, folders and globs below the worker's data directory; each file is hashed to see whether it has changed. */
export async function* fetchPaths(
  { paths }: Extract<SourceLocation, { kind: 'path' }>,
  context: FetchContext,
): AsyncGenerator<FetchedFile> {
  const { root, files } = await findDataFiles(paths, context.dataDir, context.maxBytes);
  for (const path of files) {
    const name = relative(root, path);
    const id = context.toId(['path', path]);
    context.onProgress(`reading ${name}`);
    const measured = await measureFile(path, name, context.signal);
    const known = context.known.find(id);
    const isSame = known?.sha256 === measured.sha256;
    if (known !== null && isSame && (await context.known.isIntact(known.artifact))) {
      yield { state: 'hit', id, name, known, reason: `${name} has the same sha256` };
      continue;
    }
    const content = { id, name, path, temporary: false, ...measured };
    yield toLocalFile({ ...content, columns: null, validators: null }, known);
  }
}
