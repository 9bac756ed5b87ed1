import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { RecetaError } from '../../contract/errors.js';

/**
 * Finds a source below the data directory. Both the written and the real path (all links followed) must lie inside.
 *
 * @throws RecetaError `source-forbidden`, `source-not-found`, `source-unreadable` (no regular file), `source-too-large`
 */
export async function findLocalSource(
  path: string,
  dataDir: string | null,
  maxBytes: number,
): Promise<string> {
  if (dataDir === null) {
    throw new RecetaError(
      'source-forbidden',
      `Reading the source '${path}': this worker serves no local files. Set RECETA_DATA_DIR to the folder that holds them.`,
    );
  }
  const written = resolve(dataDir, path);
  if (path.includes('\0') || !isInside(written, resolve(dataDir))) throw outside(path);
  const real = await toRealPath(written, path);
  if (!isInside(real, await toRealPath(dataDir, dataDir))) throw outside(path);
  const info = await stat(real);
  if (!info.isFile()) {
    throw new RecetaError(
      'source-unreadable',
      `Reading the source '${path}': it is no regular file.`,
    );
  }
  if (info.size > maxBytes) {
    throw new RecetaError(
      'source-too-large',
      `Reading the source '${path}': its ${info.size} bytes exceed the limit of ${maxBytes}.`,
    );
  }
  return real;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
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
