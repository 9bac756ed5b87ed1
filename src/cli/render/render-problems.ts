import type { Problem } from '../../contract/errors.js';

/**
 * One indented line a problem: `  pipeline.yaml:3:5: message`, or `  instances[3].island: message`
 * where the problem has a path but no position, and its message does not begin with it.
 */
export function renderProblems(problems: readonly Problem[], fileName: string | null): string[] {
  return problems.map((problem) => {
    const place = toPlace(problem, fileName);
    const saysPlace = place === '' || problem.message.startsWith(place);
    return saysPlace ? `  ${problem.message}` : `  ${place}: ${problem.message}`;
  });
}

function toPlace({ line, column, path }: Problem, fileName: string | null): string {
  if (line === undefined) return path ?? '';
  const position = column === undefined ? `${line}` : `${line}:${column}`;
  return fileName === null ? `line ${position}` : `${fileName}:${position}`;
}
