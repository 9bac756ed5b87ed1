import { RecetaError } from '../contract/errors.js';
import { findJsonError } from './find-json-error.js';

/** Deeper documents are refused: nothing that the API takes is nested so far. */
const maxDepth = 32;

/**
 * Parses the JSON text of a request.
 *
 * @throws RecetaError `request-invalid` with line and column when it is not JSON; also for a key `__proto__` and
 *   for too deep nesting
 */
export function parseJsonText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(text, findJsonError(text));
  }
  assertHarmless(value);
  return value;
}

function notJson(text: string, offset: number): RecetaError {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const found =
    offset >= text.length ? 'it ends too early' : `unexpected ${JSON.stringify(text[offset])}`;
  const message = `the body is not JSON: ${found} at line ${line}, column ${column}`;
  return new RecetaError('request-invalid', message, { problems: [{ message, line, column }] });
}

function assertHarmless(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) {
      throw new RecetaError('request-invalid', `the body is nested deeper than ${maxDepth} levels`);
    }
    level = level.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (Object.hasOwn(value, '__proto__')) {
        throw new RecetaError(
          'request-invalid',
          'the body has a key "__proto__", which is not allowed',
        );
      }
      return Object.values(value);
    });
  }
}
