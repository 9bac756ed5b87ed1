import { SetUpError } from './set-up-error.mjs';

/**
 * Ends a tool after a failure: a known one with its message alone, a defect with its stack.
 *
 * @param {unknown} error
 */
export function endWithMessage(error) {
  const isKnown = error instanceof SetUpError;
  const text = isKnown ? error.message : /** @type {Error} */ (error).stack;
  process.stderr.write(`\n${text}\n`);
  process.exitCode = isKnown ? error.exitCode : 1;
}
