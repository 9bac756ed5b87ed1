import { type ColumnEvidence, createEvidence } from './column-evidence.js';
import { toKey } from './column-names.js';
import type { CsvFile } from './csv-file.js';
import { type DecidedType, decideType } from './decide-type.js';
import type { StrptimePattern } from './strptime-pattern.js';

/** What the files of a source say of its columns, which all of them have, in any order. */
export class SourceEvidence {
  readonly #columns: ReadonlyMap<string, ColumnEvidence>;

  constructor(names: readonly string[]) {
    this.#columns = new Map(names.map((name) => [toKey(name), createEvidence()]));
  }

  /** By field of a file, to be added to. A field whose type is given is text to whoever collects: it is left alone. */
  of(file: CsvFile): readonly ColumnEvidence[] {
    return file.layout.names.map((name, index) => {
      return file.declared[index] === null ? this.#of(name) : { ...createEvidence(), fits: 0 };
    });
  }

  /** The types of the columns in the order of the first file. */
  decide(first: CsvFile, givenTime: StrptimePattern | null): readonly DecidedType[] {
    const { names, delimiter } = first.layout;
    return names.map((name, index): DecidedType => {
      const declared = first.declared[index] ?? null;
      if (declared === null) return decideType(this.#of(name), { delimiter, givenTime });
      const { sqlType, convert } = declared;
      return { sqlType, readType: 'VARCHAR', convert, notes: [] };
    });
  }

  #of(name: string): ColumnEvidence {
    return this.#columns.get(toKey(name)) ?? createEvidence();
  }
}
