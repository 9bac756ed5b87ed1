import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { RecetaError } from '../../../contract/errors.js';
import { expandPath } from './expand-path.js';
import { isGlob, toGlobBase } from './glob.js';

/**
 * Finds the files that paths mean below the data directory. Both the written and the real path (all links followed) of
 * each must lie inside; a file that several paths mean is read once.
 *
 * @returns real paths in the order of the paths, below the real root
 * @throws RecetaError `source-forbidden`, `source-not-found`, `source-unreadable` (no regular file), `source-too-large`
 */
export async function findDataFiles(
  paths: readonly string[],
  dataDir: string | null,
  maxBytes: number,
): Promise<{ readonly root: string; readonly files: readonly string[] }> {
  if (dataDir === null) {
    throw new RecetaError(
      'source-forbidden',
      `Reading the source '${paths[0]}': this worker serves no local files. Set RECETA_DATA_DIR to the folder that holds them.`,
    );
  }
  const root = await toRealPath(dataDir, dataDir);
  const files = new Set<string>();
  for (const path of paths) {
    const written = resolve(dataDir, path);
    if (path.includes('\0') || !isInside(written, resolve(dataDir))) throw outside(path);
    // What is outside must not even be told apart by its absence.
    await assertRealInside(isGlob(written) ? toGlobBase(written) : written, root, path);
    for (const file of await expandPath(written, path)) {
      const real = await assertRealInside(file, root, path);
      await assertReadable(real, path, maxBytes);
      files.add(real);
    }
  }
  return { root, files: [...files] };
}

async function assertRealInside(path: string, root: string, shown: string): Promise<string> {
  const real = await toRealPath(path, shown);
  if (real !== root && !isInside(real, root)) throw outside(shown);
  return real;
}

async function assertReadable(path: string, shown: string, maxBytes: number): Promise<void> {
  const info = await stat(path);
  if (!info.isFile()) {
    throw new RecetaError(
      'source-unreadable',
      `Reading the source '${shown}': it is no regular file.`,
    );
  }
  if (info.size > maxBytes) {
    throw new RecetaError(
      'source-too-large',
      `Reading the source '${shown}': its ${info.size} bytes exceed the limit of ${maxBytes}.`,
    );
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

async function toRealPath(path: string, shown: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new RecetaError(
      'source-not-found',
      `Reading the source '${shown}': there is no such file below the data directory. Check the path.`,
      { cause: error },
    );
  }
}

function outside(path: string): RecetaError {
  return new RecetaError(
    'source-forbidden',
    `Reading the source '${path}': only files below the data directory (RECETA_DATA_DIR) can be read.`,
  );
}
