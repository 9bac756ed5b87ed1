import { type FileHandle, open } from 'node:fs/promises';
import {
  type CsvFileTraits,
  type CsvRecordsOptions,
  fieldFlag,
  maxRecordBytes,
  type QuoteFault,
} from './csv-form.js';
import { emptyState, type FieldAutomaton, otherState, signal } from './field-automaton.js';

const initialBufferBytes = 1 << 20;

/** Fields of plain records that are handed out at once. */
const maxRunFields = 1 << 14;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What stands for a state when the scan of a record stops. */
const recordEnded = -1;
const recordUnfinished = -2;

/**
 * Cuts a CSV file into records and fields, RFC 4180 with any mix of line ends. Only the record at hand is known:
 * `while (await records.fill()) while (records.next()) ...`. Blank lines are no records.
 */
export class CsvRecords {
  /** More than one for a run of plain records, whose fields follow each other in the arrays below. */
  recordCount = 0;
  /** Whether a run was taken: its records have all of their fields and no quotes. */
  isPlain = false;
  /** The fields of the record are `bytes[starts[i], ends[i])`, without the quotes around them. */
  bytes: Buffer = Buffer.allocUnsafe(initialBufferBytes);
  fieldCount = 0;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** States of the automaton in which the fields ended. */
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
  /** Line in which the record begins, counted from 1. */
  line = 1;
  /** The record as a whole is `bytes[recordStart, recordEnd)`. */
  recordStart = 0;
  recordEnd = 0;
  fault: QuoteFault | null = null;
  /** Line in which a quote was opened that is not closed. */
  faultLine = 0;
  readonly traits: CsvFileTraits = {
    lineFeeds: 0,
    pairs: 0,
    returns: 0,
    innerBlankLines: 0,
    finalBlankLines: 0,
    fieldFlags: 0,
    longestRecordBytes: 0,
  };

  readonly #file: FileHandle;
  readonly #automaton: FieldAutomaton;
  readonly #quote: number | null;
  readonly #maxFields: number;
  readonly #maxRun: number;
  readonly #keepsBlankLines: boolean;
  #filePosition: number;
  #length = 0;
  #position = 0;
  #nextLine = 1;
  #ended = false;
  /** Where the scan of the record at hand stands. */
  #line = 1;
  #index = 0;
  #inQuotes = false;
  #field = 0;
  #fieldStart = 0;
  #fieldEnd = -1;
  #flags = 0;
  #quoteLine = 0;

  static async open(
    path: string,
    automaton: FieldAutomaton,
    options: CsvRecordsOptions,
  ): Promise<CsvRecords> {
    return new CsvRecords(await open(path), automaton, options);
  }

  private constructor(file: FileHandle, automaton: FieldAutomaton, options: CsvRecordsOptions) {
    this.#file = file;
    this.#keepsBlankLines = options.keepsBlankLines;
    this.#automaton = automaton;
    this.#quote = options.dialect.quote;
    this.#maxFields = options.maxFields;
    this.#filePosition = options.skipBytes;
    this.#nextLine = options.skipLines + 1;
    this.#maxRun = Math.max(1, Math.floor(maxRunFields / options.maxFields));
    const slots = this.#maxRun * options.maxFields + 1;
    this.starts = new Int32Array(slots);
    this.ends = new Int32Array(slots);
    this.states = new Uint8Array(slots);
    this.flags = new Uint8Array(options.maxFields + 1);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Reads on; false once the last record has been handed out. */
  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    const rest = this.#length - this.#position;
    if (rest > this.bytes.length / 2) this.bytes = this.#grown(rest);
    else this.bytes.copyWithin(0, this.#position, this.#length);
    this.#position = 0;
    const { bytesRead } = await this.#file.read(
      this.bytes,
      rest,
      this.bytes.length - rest,
      this.#filePosition,
    );
    this.#filePosition += bytesRead;
    this.#length = rest + bytesRead;
    this.#ended = bytesRead === 0;
    return this.#length > 0;
  }

  #grown(rest: number): Buffer {
    const grown = Buffer.allocUnsafe(this.bytes.length * 2);
    this.bytes.copy(grown, 0, this.#position, this.#position + rest);
    return grown;
  }

  /**
   * Steps over as many records as follow each other without quotes, blank lines and single carriage returns, each with
   * all of its fields.
   *
   * @returns false when the next record is none of these
   */
  nextRun(): boolean {
    const { bytes, states, starts, ends } = this;
    const table = this.#automaton.unquoted;
    const width = this.#maxFields;
    const length = this.#length;
    let state = emptyState;
    let fieldsLeft = width;
    let slot = 0;
    let index = this.#position;
    let start = index;
    let count = 0;
    this.recordStart = index;
    this.line = this.#nextLine;
    while (index < length) {
      const next = table[(state << 8) | (bytes[index] as number)] as number;
      index += 1;
      if (next < signal.delimiter) {
        state = next;
        continue;
      }
      fieldsLeft -= 1;
      // A delimiter ends any field but the last, a line feed ends the last.
      if ((next === signal.delimiter) !== fieldsLeft > 0 || next > signal.lineFeed) break;
      starts[slot] = start;
      ends[slot] = index - 1;
      states[slot] = state;
      slot += 1;
      start = index;
      state = emptyState;
      if (fieldsLeft > 0) continue;
      if (width === 1 && index - 1 === this.#position) break;
      this.#endPlainRecord(index);
      count += 1;
      if (count === this.#maxRun) break;
      fieldsLeft = width;
    }
    this.recordCount = count;
    this.isPlain = count > 0;
    return this.isPlain;
  }

  #endPlainRecord(next: number): void {
    const { traits } = this;
    const length = next - 1 - this.#position;
    if (length > traits.longestRecordBytes) traits.longestRecordBytes = length;
    traits.innerBlankLines += traits.finalBlankLines;
    traits.finalBlankLines = 0;
    traits.lineFeeds += 1;
    this.#nextLine += 1;
    this.#position = next;
  }

  /** Steps to the next record; false when the bytes at hand hold no other whole one. */
  next(): boolean {
    this.recordCount = 1;
    this.isPlain = false;
    while (this.#position < this.#length) {
      const ended = this.#scanRecord();
      if (!ended) return this.#endUnfinished();
      const isBlank = this.fieldCount === 1 && !this.#keepsBlankLines && this.#isBlankRecord();
      this.line = this.#nextLine;
      this.#nextLine = this.#line;
      if (isBlank) {
        this.traits.finalBlankLines += 1;
        continue;
      }
      this.#countRecord();
      return true;
    }
    return false;
  }

  /** The end of the file, or of the longest record allowed, ends a record too. */
  #endUnfinished(): boolean {
    const length = this.#length - this.#position;
    if (!this.#ended && length < maxRecordBytes) return false;
    this.recordStart = this.#position;
    this.recordEnd = this.#length;
    this.line = this.#nextLine;
    if (!this.#ended) this.fault = 'too-long';
    this.#position = this.#length;
    this.#ended = true;
    const isBlank = this.fieldCount === 1 && this.fault === null && this.#isBlankRecord();
    if (isBlank) {
      this.traits.finalBlankLines += 1;
      return false;
    }
    this.#countRecord();
    return true;
  }

  #countRecord(): void {
    const { traits } = this;
    traits.innerBlankLines += traits.finalBlankLines;
    traits.finalBlankLines = 0;
    const length = this.recordEnd - this.recordStart;
    if (length > traits.longestRecordBytes) traits.longestRecordBytes = length;
  }

  #isBlankRecord(): boolean {
    if (this.flags[0] !== 0) return false;
    const [start = 0, end = 0] = [this.starts[0], this.ends[0]];
    if (start === end) return true;
    // A blank may be the value of a file's only column, but no record of several.
    return this.#maxFields > 1 && this.bytes.toString('latin1', start, end).trim() === '';
  }

  /** @returns whether the end of the record was found */
  #scanRecord(): boolean {
    const { bytes } = this;
    const { unquoted, quoted } = this.#automaton;
    const length = this.#length;
    this.#begin();
    let table = unquoted;
    let state = emptyState;
    let index = this.#position;
    while (index < length) {
      const next = table[(state << 8) | (bytes[index] as number)] as number;
      index += 1;
      if (next < signal.delimiter) {
        state = next;
        continue;
      }
      this.#index = index;
      state = this.#inQuotes ? this.#takeInQuotes(next, state) : this.#take(next, state);
      if (state < 0) return state === recordEnded;
      index = this.#index;
      table = this.#inQuotes ? quoted : unquoted;
    }
    this.states[this.#field] = state;
    return this.#endFile(index);
  }

  /** Takes a signal outside quotes, which `#index` stands behind. */
  #take(code: number, state: number): number {
    const index = this.#index;
    switch (code) {
      case signal.delimiter:
        this.states[this.#field] = state;
        this.#endField(index - 1, index);
        return emptyState;
      case signal.lineFeed:
        this.states[this.#field] = state;
        return this.#endRecord(index - 1, index);
      case signal.carriageReturn:
        // Whether a line feed follows decides where the record ends.
        if (index === this.#length && !this.#ended) return recordUnfinished;
        this.states[this.#field] = state;
        return this.#endRecord(index - 1, this.bytes[index] === lineFeed ? index + 1 : index);
      case signal.quote:
        this.#inQuotes = this.#opensQuote(index);
        return this.#inQuotes ? emptyState : otherState;
      default:
        this.#flags |= fieldFlag.nul;
        return otherState;
    }
  }

  #takeInQuotes(code: number, state: number): number {
    const index = this.#index;
    if (code === signal.nul) this.#flags |= fieldFlag.nul;
    else if (code !== signal.quote) {
      // The feed of a pair belongs to the line end that its return has already counted.
      const isSecond = code === signal.lineFeed && this.bytes[index - 2] === carriageReturn;
      if (!isSecond) this.#line += 1;
    } else {
      if (index === this.#length && !this.#ended) return recordUnfinished;
      if (this.#closesQuote(index)) {
        this.#inQuotes = false;
        return this.fault === null ? state : otherState;
      }
      // The second quote of a pair belongs to the value.
      this.#index += 1;
    }
    return otherState;
  }

  #begin(): void {
    this.fault = null;
    this.#inQuotes = false;
    this.#line = this.#nextLine;
    this.#field = 0;
    this.#fieldStart = this.#position;
    this.#fieldEnd = -1;
    this.#flags = 0;
  }

  /** A quote opens a field at its start; anywhere else it is a character like others. */
  #opensQuote(index: number): boolean {
    if (index - 1 === this.#fieldStart && this.#flags === 0) {
      this.#fieldStart = index;
      this.#flags = fieldFlag.quoted;
      this.#quoteLine = this.#line;
      return true;
    }
    if (this.#fieldEnd === -1) this.#flags |= fieldFlag.strayQuote;
    return false;
  }

  /** @param index behind the quote @returns false for the first quote of a pair */
  #closesQuote(index: number): boolean {
    const following = index < this.#length ? this.bytes[index] : undefined;
    if (following === this.#quote) {
      this.#flags |= fieldFlag.doubledQuotes;
      return false;
    }
    this.#fieldEnd = index - 1;
    const isEnd =
      following === undefined ||
      following === lineFeed ||
      following === carriageReturn ||
      (this.#automaton.unquoted[following] as number) === signal.delimiter;
    if (!isEnd && this.fault === null) {
      this.fault = 'text-behind-quote';
      this.faultLine = this.#line;
    }
    return true;
  }

  #endField(end: number, next: number): void {
    this.traits.fieldFlags |= this.#flags;
    if (this.#field <= this.#maxFields) {
      this.starts[this.#field] = this.#fieldStart;
      this.ends[this.#field] = this.#fieldEnd === -1 ? end : this.#fieldEnd;
      this.flags[this.#field] = this.#flags;
    }
    this.#field += 1;
    this.#fieldStart = next;
    this.#fieldEnd = -1;
    this.#flags = 0;
  }

  #endRecord(end: number, next: number): number {
    const { traits } = this;
    this.#endField(end, next);
    this.fieldCount = this.#field;
    this.recordStart = this.#position;
    this.recordEnd = end;
    this.#line += 1;
    if (this.bytes[end] === lineFeed) traits.lineFeeds += 1;
    else if (next - end === 2) traits.pairs += 1;
    else traits.returns += 1;
    this.#position = next;
    return recordEnded;
  }

  /** The last record may end with the file. */
  #endFile(end: number): boolean {
    this.#endField(end, end);
    this.fieldCount = this.#field;
    if (this.#inQuotes) {
      this.fault = 'open-quote';
      this.faultLine = this.#quoteLine;
    }
    return false;
  }
}
