import { type ErrorCode, type Problem, RecetaError } from '../../contract/errors.js';

/** The error of one source file; the problem's line and column become part of the message. */
export function sourceError(
  code: ErrorCode,
  fileName: string,
  problem: Problem,
  options: { readonly cause?: unknown; readonly others?: readonly Problem[] } = {},
): RecetaError {
  const line = problem.line === undefined ? '' : `, line ${problem.line}`;
  const column = problem.path === undefined ? '' : `, column '${problem.path}'`;
  const others = options.others ?? [];
  const more = others.length === 0 ? '' : ` (${others.length} more such rows were found)`;
  return new RecetaError(code, `Reading ${fileName}${line}${column}: ${problem.message}${more}.`, {
    cause: options.cause,
    problems: [problem, ...others],
  });
}
