import type { ReadOptions } from '../../contract/pipeline-plan.js';
import type { CsvLayout } from './csv-layout.js';
import { CsvRecords } from './csv-records.js';
import type { DeclaredType } from './declared-type.js';
import { createFieldAutomaton, type FieldAutomaton } from './field-automaton.js';
import { RowJudge } from './row-judge.js';
import type { ShapeRules } from './value-shapes.js';

/** Texts that mean a missing value in every column: those that pandas takes, as far as people write them. */
const usualNulls = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '<NA>',
] as const;

/** Nothing is always missing, whatever else is. */
export function toNulls(nulls: ReadOptions['nulls']): ReadonlySet<string> {
  return new Set(nulls === null ? usualNulls : ['', ...nulls]);
}

/** A plain UTF-8 CSV file with what is known of its form. */
export interface CsvFile {
  readonly path: string;
  /** As people know it. */
  readonly name: string;
  readonly layout: CsvLayout;
  /** By field of the file; `null`: to be found out. */
  readonly declared: readonly (DeclaredType | null)[];
  /** Texts that mean a missing value; `null`: only a field without quotes and text is missing. */
  readonly nulls: ReadonlySet<string> | null;
  readonly rules: ShapeRules;
}

/** A pass over the records of a CSV file, with the judge of which are rows. */
export interface CsvPass {
  readonly records: CsvRecords;
  readonly judge: RowJudge;
  readonly automaton: FieldAutomaton;
}

export async function openCsvPass(file: CsvFile): Promise<CsvPass> {
  const { layout, nulls, declared } = file;
  const dialect = {
    delimiter: layout.delimiter.charCodeAt(0),
    quote: layout.quote === null ? null : layout.quote.charCodeAt(0),
  };
  const automaton = createFieldAutomaton(dialect, file.rules, nulls ?? new Set(['']));
  const records = await CsvRecords.open(file.path, automaton, {
    dialect,
    maxFields: layout.names.length,
    skipBytes: layout.skipBytes,
    skipLines: layout.skipLines,
    // A database writes a missing value of its only column as a blank line.
    keepsBlankLines: nulls === null && layout.names.length === 1,
  });
  const judge = new RowJudge({
    names: layout.names,
    declared,
    nulls,
    quote: layout.quote,
    automaton,
  });
  return { records, judge, automaton };
}
