import { type ColumnEvidence, createEvidence, hasValues } from './column-evidence.js';
import { type DecidedType, decideType } from './decide-type.js';
import type { JsonMember } from './json-record.js';
import type { StrptimePattern } from './strptime-pattern.js';
import { fit, type Shape, type ShapeRules, textShape, toShape, trait } from './value-shapes.js';

/** Texts of JSON are text on purpose; only times have no other way to be written. */
const timeFits =
  fit.date | fit.timestamp | fit.givenTime | fit.dayMonthYear | fit.monthDayYear | fit.yearMonthDay;
const minNotableRows = 10;

/** What all values of one key have in common. */
export interface JsonColumn {
  readonly key: string;
  readonly position: number;
  /** Of values in quotes, and of all others. */
  readonly strings: ColumnEvidence;
  readonly others: ColumnEvidence;
  hasNested: boolean;
  /** Texts that mean a missing value if the column is none of texts. */
  hasNullTexts: boolean;
  /** Record in which the key was last seen, to notice one that comes twice. */
  lastRow: number;
}

/** Collects the columns of JSON records: every key that any record has, in the order in which they appear. */
export class JsonColumns {
  readonly columns = new Map<string, JsonColumn>();
  rows = 0;
  repeatedKeys = 0;
  readonly #rules: ShapeRules;
  readonly #nulls: ReadonlySet<string>;

  constructor(rules: ShapeRules, nulls: ReadonlySet<string>) {
    this.#rules = rules;
    this.#nulls = nulls;
  }

  add(
    members: readonly JsonMember[],
    place: { readonly file: string; readonly line: number | null },
  ): void {
    this.rows += 1;
    for (const member of members) {
      const column = this.#columnOf(member.key);
      if (column.lastRow === this.rows) this.repeatedKeys += 1;
      column.lastRow = this.rows;
      this.#addValue(column, member, place);
    }
  }

  #columnOf(key: string): JsonColumn {
    const known = this.columns.get(key);
    if (known !== undefined) return known;
    const column: JsonColumn = {
      key,
      position: this.columns.size,
      strings: createEvidence(),
      others: createEvidence(),
      hasNested: false,
      hasNullTexts: false,
      lastRow: 0,
    };
    this.columns.set(key, column);
    return column;
  }

  #addValue(
    column: JsonColumn,
    { kind, text }: JsonMember,
    place: { readonly file: string; readonly line: number | null },
  ): void {
    if (kind === 'null') return;
    if (kind === 'string' && this.#nulls.has(text)) {
      column.hasNullTexts = true;
      return;
    }
    if (kind === 'nested') column.hasNested = true;
    const evidence = kind === 'string' ? column.strings : column.others;
    const shape = kind === 'nested' ? textShape : toShape(text, this.#rules);
    const before = column.strings.fits & column.others.fits;
    const wasNumber = hasValues(column.others) && (before & fit.number) !== 0;
    addShape(evidence, shape);
    const isText = (column.strings.fits & column.others.fits) === 0;
    if (!wasNumber || !isText || this.rows <= minNotableRows || column.others.exception !== null)
      return;
    const value = text.slice(0, 80);
    column.others.exception = {
      place: { ...place, value },
      rowsBefore: this.rows - 1,
      fits: fit.number,
    };
  }
}

function addShape(evidence: ColumnEvidence, { fits, traits }: Shape): void {
  evidence.fits &= fits;
  evidence.traits |= traits;
  if (traits & trait.infinite) evidence.infinite += 1;
  if (traits & trait.beyondDouble) evidence.beyondDouble += 1;
}

/** The type of a column of JSON values: texts stay text, but for times; among numbers they may be numbers too. */
export function decideJsonType(column: JsonColumn, givenTime: StrptimePattern | null): DecidedType {
  const { strings, others } = column;
  const options = { delimiter: null, givenTime };
  if (!hasValues(others)) {
    return decideType(
      hasValues(strings) ? { ...strings, fits: strings.fits & timeFits } : strings,
      options,
    );
  }
  const both: ColumnEvidence = {
    fits: others.fits & strings.fits,
    traits: others.traits | strings.traits,
    infinite: others.infinite + strings.infinite,
    beyondDouble: others.beyondDouble + strings.beyondDouble,
    exception: others.exception,
  };
  const type = decideType(both, options);
  const notes = [
    ...type.notes,
    ...(column.hasNested ? ['nested values are kept as JSON text'] : []),
    ...(hasValues(strings) && type.sqlType !== 'VARCHAR'
      ? ['values in quotes are read like those without']
      : []),
  ];
  return { ...type, notes };
}
