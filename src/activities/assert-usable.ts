import { type Problem, RecetaError } from '../contract/errors.js';

/** Throws `dataset-invalid` with every blocking problem; the first is in the message, too. */
export function assertUsable(what: string, blocking: readonly Problem[]): void {
  const [first] = blocking;
  if (first === undefined) return;
  const more = blocking.length === 1 ? '' : ` (and ${blocking.length - 1} more)`;
  throw new RecetaError('dataset-invalid', `${what} cannot be learned from: ${first.message}${more}`, {
    problems: blocking,
  });
}
