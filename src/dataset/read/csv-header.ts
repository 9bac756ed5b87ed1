import { RecetaError } from '../../contract/errors.js';

export interface CsvHeader {
  readonly delimiter: string;
  /** Distinct, also when letter case is ignored; unnamed columns are called `unnamed_<position>`. */
  readonly names: readonly string[];
  /** Records before the first data row: blank lines, comments and the header itself. */
  readonly headerRecords: number;
}

const delimiters = [',', ';', '\t', '|'] as const;
const lineEnd = /\r\n|\n|\r/g;

/**
 * Reads the header from the start of a CSV file. The delimiter is the one of comma, semicolon, tab and bar that the
 * header holds most often outside quotes; quotes are double, doubled inside. Blank lines and lines that begin with
 * `# ` or `##` before the header are passed over.
 *
 * @returns null when `text` holds no complete header line
 * @throws RecetaError `source-unreadable` for names that are equal or differ by letter case only
 */
export function parseCsvHeader(text: string): CsvHeader | null {
  const start = skipPreamble(text);
  const end = findRecordEnd(text, start);
  if (end === null) return null;
  const record = text.slice(start, end);
  const delimiter = chooseDelimiter(record);
  const names = toColumnNames(splitRecord(record, delimiter));
  return { delimiter, names, headerRecords: countLines(text.slice(0, start)) + 1 };
}

function skipPreamble(text: string): number {
  const pattern = /(?:[ \t]*|#[ #].*)(?:\r\n|\n|\r)/y;
  let start = 0;
  while (true) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match === null) return start;
    start = pattern.lastIndex;
  }
}

/** The end of the record at `start`: the first line end outside quotes, or the end of the text. */
function findRecordEnd(text: string, start: number): number | null {
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return index;
  }
  return quoted || text.slice(start).trim() === '' ? null : text.length;
}

function chooseDelimiter(record: string): string {
  const unquoted = record.replaceAll(/"[^"]*"/g, '');
  let best: string = delimiters[0];
  let bestCount = 0;
  for (const delimiter of delimiters) {
    const count = unquoted.split(delimiter).length - 1;
    if (count > bestCount) [best, bestCount] = [delimiter, count];
  }
  return best;
}

function splitRecord(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < record.length; index += 1) {
    const character = record[index] ?? '';
    if (character === '"' && quoted && record[index + 1] === '"') {
      field += '"';
      index += 1;
    } else if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  return [...fields, field];
}

function toColumnNames(fields: readonly string[]): string[] {
  const names = fields.map((field, index) =>
    field.trim() === '' ? `unnamed_${index + 1}` : field,
  );
  const positions = new Map<string, number>();
  const problems = names.flatMap((name, index) => {
    // SQL takes names as equal whatever their case and Unicode composition.
    const key = name.normalize('NFC').toLowerCase();
    const earlier = positions.get(key);
    if (earlier === undefined) {
      positions.set(key, index);
      return [];
    }
    const other = names[earlier];
    const message =
      other === name
        ? `the name '${name}' is used by columns ${earlier + 1} and ${index + 1}`
        : `columns ${earlier + 1} ('${other}') and ${index + 1} ('${name}') differ by letter case or composition only`;
    return [{ message, line: 1 }];
  });
  if (problems.length > 0) {
    throw new RecetaError(
      'source-unreadable',
      `Reading the CSV header: ${problems[0]?.message}. Give every column a name of its own.`,
      { problems },
    );
  }
  return names;
}

function countLines(text: string): number {
  return text.match(lineEnd)?.length ?? 0;
}
