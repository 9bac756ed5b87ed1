import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { RecetaError } from '../../../contract/errors.js';
import { isDataFileName } from './data-file-name.js';
import { isGlob, toGlobBase } from './glob.js';

/**
 * The files that a path means, sorted by name: itself, the data files in a folder (hidden files and sub-folders left
 * out), or the matches of a glob. A file whose very name looks like a glob is that file. Linked folders are not entered.
 *
 * @param path absolute
 * @param shown the path as it was written, for messages
 * @throws RecetaError `source-not-found`
 */
export async function expandPath(path: string, shown: string): Promise<readonly string[]> {
  const info = await statOrNull(path);
  if (info?.isDirectory()) return listFolder(path, shown);
  if (info !== null) return [path];
  if (!isGlob(path)) throw notFound(shown, 'there is no such file or folder');
  const base = toGlobBase(path);
  const rest = path.slice(base.length);
  const depth = rest.includes('**') ? Number.POSITIVE_INFINITY : rest.split('/').length - 1;
  const matches = picomatch(rest);
  const names = (await listBelow(base, '', depth)).filter((name) => matches(name));
  if (names.length === 0) throw notFound(shown, 'no file matches');
  return names.sort().map((name) => join(base, name));
}

async function listFolder(path: string, shown: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const dataNames = names.filter(isDataFileName).sort();
  if (dataNames.length > 0) return dataNames.map((name) => join(path, name));
  const found =
    names.length === 0 ? 'it is empty' : `it has ${names.sort().slice(0, 3).join(', ')}`;
  throw notFound(shown, `the folder has no data file (csv, parquet, json …); ${found}`);
}

/** Files below a folder, as paths from there; hidden ones are left out. */
async function listBelow(base: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(base, folder), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const names: string[] = [];
  for (const entry of entries) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (!entry.isDirectory()) names.push(name);
    else if (depth > 0) names.push(...(await listBelow(base, name, depth - 1)));
  }
  return names;
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function notFound(shown: string, why: string): RecetaError {
  return new RecetaError(
    'source-not-found',
    `Reading the source '${shown}': ${why}. Check the path.`,
  );
}
