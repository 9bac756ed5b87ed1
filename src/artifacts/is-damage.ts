import { RecetaError } from '../contract/errors.js';

/** Whether reading an artifact failed because the store has lost it or holds other bytes. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof RecetaError &&
    (error.code === 'artifact-corrupt' || error.code === 'artifact-not-found')
  );
}
