import type { ColumnEncoding } from './feature-program.js';

/** How many numbers a column yields; equals the length of outputNames without making them. */
export function outputCount(encoding: ColumnEncoding): number {
  const missing = encoding.missing ? 1 : 0;
  switch (encoding.kind) {
    case 'number':
    case 'boolean':
      return (encoding.value ? 1 : 0) + missing;
    case 'datetime':
      return (encoding.value ? 1 : 0) + 2 * encoding.cycles.length + missing;
    case 'text':
      return encoding.levels.length + (encoding.other ? 1 : 0) + missing;
  }
}

/** Names of the numbers that a column yields, in their order. */
export function outputNames(encoding: ColumnEncoding): string[] {
  const { name } = encoding;
  const value = encoding.kind !== 'text' && encoding.value ? [name] : [];
  const missing = encoding.missing ? [`${name}:missing`] : [];
  switch (encoding.kind) {
    case 'number':
    case 'boolean':
      return [...value, ...missing];
    case 'datetime': {
      const cycles = encoding.cycles.flatMap((cycle) => [`${cycle}:sin`, `${cycle}:cos`]);
      return [...value, ...cycles.map((cycle) => `${name}:${cycle}`), ...missing];
    }
    case 'text': {
      const levels = encoding.levels.map((level) => `${name}=${level}`);
      const other = encoding.other ? [`${name}:other`] : [];
      return [...levels, ...other, ...missing];
    }
  }
}
