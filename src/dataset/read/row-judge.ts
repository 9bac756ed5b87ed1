import type { Problem } from '../../contract/errors.js';
import { fieldFlag, maxRecordBytes } from './csv-form.js';
import type { CsvRecords } from './csv-records.js';
import type { DeclaredType } from './declared-type.js';
import { isUnquotedEmpty } from './evidence-collector.js';
import type { FieldAutomaton } from './field-automaton.js';

const maxCachedTexts = 8_192;

/** Says of each record of a CSV file whether it is a row of the table. Every pass over a file asks the same judge. */
export class RowJudge {
  readonly #names: readonly string[];
  readonly #declared: readonly (readonly [column: number, type: DeclaredType])[];
  readonly #nulls: ReadonlySet<string> | null;
  readonly #quote: string;
  readonly #automaton: FieldAutomaton;
  readonly #accepted = new Map<number, Map<string, boolean>>();

  /**
   * @param declared by field of the file; `null`: to be found out
   * @param nulls texts that mean a missing value; `null`: only a field without quotes and text is missing
   */
  constructor(options: {
    readonly names: readonly string[];
    readonly declared: readonly (DeclaredType | null)[];
    readonly nulls: ReadonlySet<string> | null;
    readonly quote: string | null;
    readonly automaton: FieldAutomaton;
  }) {
    this.#names = options.names;
    this.#nulls = options.nulls;
    this.#quote = options.quote ?? '"';
    this.#automaton = options.automaton;
    this.#declared = options.declared.flatMap((type, column) =>
      type === null || type.impliedBy === -1 ? [] : [[column, type] as const],
    );
  }

  /** Whether a record with all of its fields and without quotes is a row whatever it holds. */
  get takesPlainRecords(): boolean {
    return this.#declared.length === 0;
  }

  /** What is wrong with the record at hand; `null`: nothing. */
  judge(records: CsvRecords): Problem | null {
    if (records.fault !== null) return toFault(records);
    if (records.fieldCount !== this.#names.length) {
      const fields = records.fieldCount === 1 ? '1 field' : `${records.fieldCount} fields`;
      const message = `it has ${fields} where ${this.#names.length} are wanted`;
      return { message, line: records.line };
    }
    return this.#declared.length === 0 ? null : this.#judgeTypes(records);
  }

  #judgeTypes(records: CsvRecords): Problem | null {
    for (const [column, type] of this.#declared) {
      const problem = this.#judgeField(records, column, type);
      if (problem !== null) return problem;
    }
    return null;
  }

  #judgeField(records: CsvRecords, column: number, type: DeclaredType): Problem | null {
    const length = (records.ends[column] ?? 0) - (records.starts[column] ?? 0);
    const state = records.states[column] ?? 0;
    const { fits, maxLength } = this.#automaton;
    // Times are left out: their digits may name a day that does not exist.
    const isPlain = length > 0 && length <= (maxLength[state] ?? 0) && length < 10;
    if (isPlain && ((fits[state] ?? 0) & type.impliedBy) !== 0) return null;
    if (this.#nulls === null ? isUnquotedEmpty(records, column) : length === 0) return null;
    const text = readField(records, column, this.#quote);
    if (this.#nulls?.has(text) === true || this.#accepts(column, type, text)) return null;
    const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text;
    const message = `'${shown}' is no ${type.sqlType}`;
    return { message, path: this.#names[column] ?? '', line: records.line };
  }

  #accepts(column: number, type: DeclaredType, text: string): boolean {
    const known = this.#accepted.get(column) ?? new Map<string, boolean>();
    if (known.size === 0 || known.size > maxCachedTexts) {
      known.clear();
      this.#accepted.set(column, known);
    }
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    const accepted = type.accepts(text);
    known.set(text, accepted);
    return accepted;
  }
}

/** The text of a field, quotes undone and NUL bytes left out. */
function readField(records: CsvRecords, column: number, quote: string): string {
  const flags = records.flags[column] ?? 0;
  const text = records.bytes.toString('utf8', records.starts[column], records.ends[column]);
  const single = flags & fieldFlag.doubledQuotes ? text.replaceAll(quote + quote, quote) : text;
  return flags & fieldFlag.nul ? single.replaceAll('\0', '') : single;
}

function toFault({ fault, faultLine, line }: CsvRecords): Problem {
  switch (fault) {
    case 'open-quote':
      return { message: 'a quote is opened here and never closed', line: faultLine };
    case 'too-long': {
      const size = `${maxRecordBytes >> 20} MB`;
      return {
        message: `the record that begins here is longer than ${size}; a quote may never be closed`,
        line,
      };
    }
    default:
      return {
        message: 'text follows a closing quote; quotes inside quotes have to be doubled',
        line: faultLine,
      };
  }
}
