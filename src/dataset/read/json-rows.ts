import type { Problem } from '../../contract/errors.js';
import type { DeclaredType } from './declared-type.js';
import { JsonFault, type JsonMember, parseJsonRecord } from './json-record.js';
import { JsonTexts } from './json-texts.js';
import type { PlainFile } from './plain-file.js';

export interface JsonRow {
  readonly line: number;
  readonly members: readonly JsonMember[];
}

/** What is no row: in an array nothing behind it can be read, among lines the next one can. */
export interface JsonReject {
  readonly problem: Problem;
  readonly text: string;
  readonly isFatal: boolean;
}

const faultMessages = {
  'too-long': 'the record is longer than 32 MB',
  'not-closed': 'the array is not closed; the file may be cut off',
  'text-behind-array':
    'text follows the end of the array; a file is one array, or records line by line',
  'comma-wanted': 'a comma is wanted between two records',
} as const;

/** The records of a file of JSON lines or of one JSON array. */
export async function* readJsonRows(
  file: PlainFile,
  declared: ReadonlyMap<string, DeclaredType>,
  nulls: ReadonlySet<string>,
): AsyncGenerator<JsonRow | JsonReject> {
  const texts = await JsonTexts.open(file.path);
  try {
    while (await texts.fill()) {
      while (texts.next()) {
        yield toRow(texts, declared, nulls);
      }
    }
  } finally {
    await texts.close();
  }
}

function toRow(
  texts: JsonTexts,
  declared: ReadonlyMap<string, DeclaredType>,
  nulls: ReadonlySet<string>,
): JsonRow | JsonReject {
  const { line, column, text, fault, isArray } = texts;
  if (fault !== null) {
    return { problem: { message: faultMessages[fault], line, column }, text, isFatal: true };
  }
  try {
    const members = parseJsonRecord(text);
    const problem = judgeTypes(members, declared, nulls, line);
    return problem === null ? { line, members } : { problem, text, isFatal: false };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const place = toPlace(text, error.offset, line, isArray ? column : 1);
    const problem = { message: `it is no JSON record: ${error.message}`, ...place };
    return { problem, text, isFatal: isArray };
  }
}

function judgeTypes(
  members: readonly JsonMember[],
  declared: ReadonlyMap<string, DeclaredType>,
  nulls: ReadonlySet<string>,
  line: number,
): Problem | null {
  if (declared.size === 0) return null;
  for (const { key, kind, text } of members) {
    const type = declared.get(key);
    if (type === undefined || kind === 'null' || nulls.has(text) || type.accepts(text)) continue;
    return { message: `'${text.slice(0, 80)}' is no ${type.sqlType}`, path: key, line };
  }
  return null;
}

function toPlace(
  text: string,
  offset: number,
  line: number,
  column: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  const last = before.at(-1) ?? '';
  return before.length === 1
    ? { line, column: column + last.length }
    : { line: line + before.length - 1, column: last.length + 1 };
}
