import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecetaError } from '../contract/errors.js';

/** Keys of the embedded store. */
export interface StackCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
}

function toPath(stateDir: string): string {
  return join(stateDir, 'credentials.json');
}

/**
 * Reads the keys of the embedded store; `null` when there are none yet.
 *
 * Errors: `config-invalid` when the file holds something else.
 */
export function readCredentials(stateDir: string): StackCredentials | null {
  const path = toPath(stateDir);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new RecetaError(
      'config-invalid',
      `Could not read ${path}: ${(error as Error).message}.`,
      { cause: error },
    );
  }
  const { accessKey, secretKey } = parse(text);
  if (typeof accessKey !== 'string' || typeof secretKey !== 'string') {
    throw new RecetaError(
      'config-invalid',
      `${path} does not hold an accessKey and a secretKey. Restore it, or delete the whole state folder to start anew.`,
    );
  }
  return { accessKey, secretKey };
}

/** Reads the keys of the embedded store, or makes them at the first start; only the owner may read the file. */
export function ensureCredentials(stateDir: string): StackCredentials {
  const path = toPath(stateDir);
  const existing = readCredentials(stateDir);
  if (existing !== null) {
    chmodSync(path, 0o600);
    return existing;
  }
  const created: StackCredentials = {
    accessKey: `receta-${randomBytes(6).toString('hex')}`,
    secretKey: randomBytes(20).toString('hex'),
  };
  writeFileSync(`${path}.new`, `${JSON.stringify(created)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return created;
}

function parse(text: string): Partial<Record<keyof StackCredentials, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
