import { open } from 'node:fs/promises';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { toColumnNames } from './column-names.js';
import { detectHeader } from './detect-header.js';
import { sourceError } from './source-error.js';
import { splitTextRecords, type TextRecord } from './split-text-records.js';
import type { ShapeRules } from './value-shapes.js';

export interface CsvLayout {
  readonly delimiter: string;
  readonly quote: string | null;
  /** Distinct for SQL. */
  readonly names: readonly string[];
  /** What stands before the first data record: a byte order mark, comments, blank lines, the header. */
  readonly skipBytes: number;
  readonly skipLines: number;
  /** Records that DuckDB's reader has to skip; `null`: it cannot tell them apart as we do. */
  readonly skipRecords: number | null;
  readonly notes: readonly string[];
}

const delimiters = [',', ';', '\t', '|'] as const;
const delimiterNames: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};
const headBytes = 1 << 18;
const maxHeadBytes = 8 << 20;
const sampleRecords = 1_000;
const byteOrderMark = Buffer.from('\ufeff');

/**
 * Finds out how a plain UTF-8 CSV file is laid out, from its first records and what the options say. Blank lines and
 * lines that begin with `# ` or `##` before the header are passed over.
 *
 * @throws RecetaError `source-empty`, `source-unreadable`
 */
export async function readCsvLayout(
  path: string,
  name: string,
  read: ReadOptions,
  rules: { readonly shapes: ShapeRules; readonly nulls: ReadonlySet<string> },
): Promise<CsvLayout> {
  const { text, isWhole, markBytes } = await readHead(path, headBytes);
  const layout = toLayout(text, isWhole, name, read, rules);
  if (layout !== null) return withMark(layout, markBytes);
  const longer = await readHead(path, maxHeadBytes);
  const second = toLayout(longer.text, longer.isWhole, name, read, rules);
  if (second !== null) return withMark(second, markBytes);
  const message =
    'the end of the first line was not found; a quote may be opened there and never closed';
  throw sourceError('source-unreadable', name, { message, line: 1 });
}

function withMark(layout: CsvLayout, markBytes: number): CsvLayout {
  // With nothing to skip DuckDB would take the mark for a part of the first value.
  const skipRecords = markBytes > 0 && layout.skipRecords === 0 ? null : layout.skipRecords;
  return { ...layout, skipRecords, skipBytes: layout.skipBytes + markBytes };
}

interface Head {
  readonly text: string;
  readonly isWhole: boolean;
  readonly markBytes: number;
}

async function readHead(path: string, length: number): Promise<Head> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    const markBytes = buffer.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    const text = buffer.toString('utf8', markBytes, bytesRead);
    return { text, isWhole: bytesRead < length, markBytes };
  } finally {
    await file.close();
  }
}

function toLayout(
  text: string,
  isWhole: boolean,
  name: string,
  read: ReadOptions,
  rules: { readonly shapes: ShapeRules; readonly nulls: ReadonlySet<string> },
): CsvLayout | null {
  const start = skipPreamble(text);
  const quote = read.quote === null ? '"' : read.quote === '' ? null : read.quote;
  const limit = { start, limit: sampleRecords, isWhole };
  const delimiter = read.delimiter ?? chooseDelimiter(text, quote, limit);
  const records = splitTextRecords(text, { delimiter, quote }, limit);
  const [first, ...rest] = records;
  if (first === undefined) {
    if (text.slice(start).trim() !== '' || !isWhole) return null;
    throw sourceError('source-empty', name, { message: 'it holds no text, not even a header' });
  }
  const hasHeader = decideHeader(first, rest, name, read, rules);
  const named = nameColumns(first.fields, hasHeader, name, read);
  const end = hasHeader ? first.end : start;
  const skipped = text.slice(0, end);
  const skipLines = countLineEnds(skipped);
  const isPlain = !hasHeader || countLineEnds(text.slice(start, end).trimEnd()) === 0;
  return {
    delimiter,
    quote,
    names: named.names,
    skipBytes: Buffer.byteLength(skipped),
    skipLines,
    skipRecords: isPlain ? skipLines : null,
    notes: [
      ...noteDelimiter(delimiter, read),
      ...notePreamble(text.slice(0, start)),
      ...named.notes,
    ],
  };
}

function skipPreamble(text: string): number {
  const pattern = /(?:[ \t]*|#[ #].*)(?:\r\n|\n|\r)/y;
  let start = 0;
  while (true) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) return start;
    start = pattern.lastIndex;
  }
}

/** The delimiter by which most records have as many fields as the first, and then the one that makes the most fields. */
function chooseDelimiter(
  text: string,
  quote: string | null,
  limit: { readonly start: number; readonly limit: number; readonly isWhole: boolean },
): string {
  let best: string = delimiters[0];
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const records = splitTextRecords(text, { delimiter, quote }, { ...limit, limit: 100 });
    const width = records[0]?.fields.length ?? 0;
    if (width < 2) continue;
    const agreeing = records.filter(({ fields }) => fields.length === width).length;
    const score = agreeing / records.length + width / 1e6;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

function decideHeader(
  first: TextRecord,
  rest: readonly TextRecord[],
  name: string,
  read: ReadOptions,
  rules: { readonly shapes: ShapeRules; readonly nulls: ReadonlySet<string> },
): boolean {
  if (read.header !== null) return read.header;
  const rows = rest.map(({ fields }) => fields);
  const found = detectHeader(first.fields, rows, rules.shapes, rules.nulls);
  if (read.columns === null) {
    if (found !== 'data') return true;
    const message =
      'the first line looks like data; set `header: false` (source.header) if the file has no header, ' +
      'or `header: true` if these are names';
    throw sourceError('source-unreadable', name, { message, line: 1 });
  }
  const repeats = first.fields.join('\n').toLowerCase() === read.columns.join('\n').toLowerCase();
  if (repeats || found !== 'unclear') return repeats || found === 'header';
  const message =
    'whether the first line is a header cannot be told; set `header: true` or `header: false` (source.header) beside `columns`';
  throw sourceError('source-unreadable', name, { message, line: 1 });
}

function nameColumns(
  fields: readonly string[],
  hasHeader: boolean,
  name: string,
  read: ReadOptions,
): { readonly names: readonly string[]; readonly notes: readonly string[] } {
  if (read.columns === null) {
    if (hasHeader) return toColumnNames(fields);
    return { names: fields.map((_, index) => `column_${index + 1}`), notes: [] };
  }
  if (read.columns.length !== fields.length) {
    const message = `the first line has ${fields.length} fields, but \`columns\` names ${read.columns.length}`;
    throw sourceError('source-unreadable', name, { message, line: 1 });
  }
  const { names, notes } = toColumnNames(read.columns);
  const replaced = 'the header is replaced by the names in `columns`';
  return { names, notes: hasHeader ? [replaced, ...notes] : notes };
}

function noteDelimiter(delimiter: string, read: ReadOptions): readonly string[] {
  const words = delimiterNames[delimiter];
  return read.delimiter === null && words !== undefined ? [`fields are separated by ${words}`] : [];
}

function notePreamble(preamble: string): readonly string[] {
  const count = preamble.match(/^#/gm)?.length ?? 0;
  if (count === 0) return [];
  return [`${count} comment ${count === 1 ? 'line' : 'lines'} before the header are left out`];
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
