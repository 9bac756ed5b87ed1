import { isCalendarDay } from './calendar.js';
import type { ColumnEvidence, ValuePlace } from './column-evidence.js';
import { fieldFlag } from './csv-form.js';
import type { CsvRecords } from './csv-records.js';
import { dateState, type FieldAutomaton, minutesState } from './field-automaton.js';
import {
  fit,
  longestShapedText,
  type Shape,
  type ShapeRules,
  textShape,
  toShape,
  trait,
} from './value-shapes.js';

const lastTimeState = 29;
const maxCachedShapes = 8_192;

/** Types whose loss is worth a word when one value is to blame for it. */
const notableFits = fit.number | fit.timestamp;
const minNotableRows = 10;

const dateFits = fit.date | fit.timestamp | fit.dayMonthYear | fit.monthDayYear | fit.yearMonthDay;

/** Collects what the fields of a file's records say of their columns' types. */
export class EvidenceCollector {
  readonly #automaton: FieldAutomaton;
  readonly #rules: ShapeRules;
  readonly #nulls: ReadonlySet<string>;
  readonly #columns: readonly ColumnEvidence[];
  readonly #fits: Int32Array;
  readonly #traits: Int32Array;
  readonly #shapes = new Map<string, Shape | null>();
  readonly #fileName: string;
  readonly #rowsBefore: number;
  /** While a column may follow the given pattern for times, no short cut is taken. */
  readonly #slowFits: number;
  readonly #nullsSeen = new Uint8Array(256);
  rows = 0;

  /** @param columns evidence so far, in the order of the file's fields; `finish` adds to it */
  constructor(options: {
    readonly automaton: FieldAutomaton;
    readonly rules: ShapeRules;
    readonly nulls: ReadonlySet<string>;
    readonly columns: readonly ColumnEvidence[];
    readonly fileName: string;
    readonly rowsBefore: number;
  }) {
    this.#automaton = options.automaton;
    this.#rules = options.rules;
    this.#nulls = options.nulls;
    this.#columns = options.columns;
    this.#fileName = options.fileName;
    this.#rowsBefore = options.rowsBefore;
    this.#fits = Int32Array.from(options.columns, ({ fits }) => fits);
    this.#traits = Int32Array.from(options.columns, ({ traits }) => traits);
    this.#slowFits = options.rules.isGivenTime === null ? 0 : fit.givenTime;
  }

  /** Takes the record at hand, or the whole run. */
  add(records: CsvRecords): void {
    for (let column = 0; column < this.#fits.length; column += 1) {
      this.#addColumn(records, column);
    }
    this.rows += records.recordCount;
  }

  #addColumn(records: CsvRecords, column: number): void {
    const { starts, ends, states, bytes, recordCount } = records;
    const { maxLength, fits: stateFits, traits: stateTraits, nulls } = this.#automaton;
    const width = this.#fits.length;
    let before = this.#fits[column] as number;
    let traits = 0;
    for (let row = 0; row < recordCount; row += 1) {
      const slot = row * width + column;
      const state = states[slot] as number;
      const nullText = nulls[state] as number;
      if (nullText !== 0) {
        this.#nullsSeen[nullText] = 1;
        continue;
      }
      // Text already: nothing more can come of it.
      if (before === 0) continue;
      const start = starts[slot] as number;
      const length = (ends[slot] as number) - start;
      if (length === 0) continue;
      const isKnown =
        length <= (maxLength[state] as number) &&
        (before & this.#slowFits) === 0 &&
        (state < dateState || state > lastTimeState || isTime(bytes, start, length, state));
      if (!isKnown) {
        this.#addText(records, column, row);
        before = this.#fits[column] as number;
        continue;
      }
      const found = stateFits[state] as number;
      traits |= stateTraits[state] as number;
      if ((before & found) === before) continue;
      this.#narrow(records, column, row, found);
      before &= found;
    }
    (this.#traits[column] as number) |= traits;
  }

  /** Adds what was found to the columns' evidence. */
  finish(): void {
    for (const [index, column] of this.#columns.entries()) {
      column.fits = this.#fits[index] ?? 0;
      column.traits = this.#traits[index] ?? 0;
    }
  }

  /** The texts that mean a missing value, as far as they may be in the file. */
  get nulls(): ReadonlySet<string> {
    const { nullTexts, knowsAllNulls } = this.#automaton;
    const seen = nullTexts.filter((_, index) => this.#nullsSeen[index + 1] === 1);
    return new Set(['', ...(knowsAllNulls ? seen : nullTexts)]);
  }

  #addText(records: CsvRecords, column: number, row: number): void {
    const slot = row * this.#fits.length + column;
    const start = records.starts[slot] as number;
    const end = records.ends[slot] as number;
    const isLong = end - start > longestShapedText;
    const shape = isLong ? textShape : this.#shapeOf(records.bytes.toString('utf8', start, end));
    if (shape === null) return;
    const before = this.#fits[column] as number;
    if ((before & shape.fits) !== before) this.#narrow(records, column, row, shape.fits);
    (this.#traits[column] as number) |= shape.traits;
    const evidence = this.#columns[column] as ColumnEvidence;
    if (shape.traits & trait.infinite) evidence.infinite += 1;
    if (shape.traits & trait.beyondDouble) evidence.beyondDouble += 1;
  }

  /** `null`: the text means a missing value. */
  #shapeOf(text: string): Shape | null {
    const known = this.#shapes.get(text);
    if (known !== undefined) return known;
    const shape = this.#nulls.has(text) ? null : toShape(text, this.#rules);
    if (this.#shapes.size >= maxCachedShapes) this.#shapes.clear();
    this.#shapes.set(text, shape);
    return shape;
  }

  #narrow(records: CsvRecords, column: number, row: number, found: number): void {
    const before = this.#fits[column] as number;
    const after = before & found;
    this.#fits[column] = after;
    const isLost = after === 0 && before !== -1 && (before & (notableFits | dateFits)) !== 0;
    const rowsBefore = this.#rowsBefore + this.rows + row;
    // Dates in two ways of writing are worth a word wherever they meet.
    const isMixedDate = (before & dateFits) !== 0 && (found & dateFits) !== 0;
    if (!isLost || (rowsBefore < minNotableRows && !isMixedDate)) return;
    const evidence = this.#columns[column] as ColumnEvidence;
    const place = this.#placeOf(records, row * this.#fits.length + column, records.line + row);
    evidence.exception = { place, rowsBefore, fits: before };
  }

  #placeOf(records: CsvRecords, slot: number, line: number): ValuePlace {
    const start = records.starts[slot] ?? 0;
    const end = Math.min(records.ends[slot] ?? 0, start + 80);
    const value = records.bytes.toString('utf8', start, end).replaceAll('""', '"');
    return { file: this.#fileName, line, value };
  }
}

/** Whether the digits that the automaton has recognized name a day and a time of day that exist. */
function isTime(bytes: Buffer, start: number, length: number, state: number): boolean {
  const day = twoDigits(bytes, start + 8);
  const month = twoDigits(bytes, start + 5);
  if (day === 0 || month === 0 || month > 12) return false;
  // The common days need no calendar.
  if (day > 28) {
    const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
    if (!isCalendarDay(year, month, day)) return false;
  }
  if (state < minutesState) return true;
  if (twoDigits(bytes, start + 11) > 23 || twoDigits(bytes, start + 14) > 59) return false;
  return length < 19 || bytes[start + 16] !== 0x3a || twoDigits(bytes, start + 17) <= 59;
}

function twoDigits(bytes: Buffer, at: number): number {
  return (bytes[at] as number) * 10 + (bytes[at + 1] as number) - 528;
}

/** Whether a field is missing, for files that tell an empty text from none. */
export function isUnquotedEmpty(records: CsvRecords, column: number): boolean {
  return (
    records.starts[column] === records.ends[column] &&
    ((records.flags[column] ?? 0) & fieldFlag.quoted) === 0
  );
}
