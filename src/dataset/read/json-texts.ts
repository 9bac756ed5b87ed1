import { type FileHandle, open } from 'node:fs/promises';
import { maxRecordBytes } from './csv-form.js';

const initialBufferBytes = 1 << 20;
const [lineFeed, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What is wrong with the file around its records. */
export type JsonFileFault = 'too-long' | 'not-closed' | 'text-behind-array' | 'comma-wanted';

/**
 * Cuts a file of JSON lines, or of one JSON array, into the texts of its records. Only the one at hand is known:
 * `while (await texts.fill()) while (texts.next()) ...`. Blank lines are no records.
 */
export class JsonTexts {
  text = '';
  /** Where the record begins, counted from 1. */
  line = 1;
  column = 1;
  fault: JsonFileFault | null = null;
  readonly isArray: boolean;
  readonly #file: FileHandle;
  #bytes = Buffer.allocUnsafe(initialBufferBytes);
  #position = 0;
  #length = 0;
  #filePosition: number;
  #ended = false;
  #nextLine = 1;
  #nextColumn = 1;
  #stage: 'start' | 'first' | 'element' | 'separator' | 'end' = 'start';

  static async open(path: string): Promise<JsonTexts> {
    const file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const head = buffer.subarray(0, bytesRead).toString('utf8');
    const markBytes = head.startsWith('\ufeff') ? 3 : 0;
    return new JsonTexts(file, head.replace('\ufeff', '').trimStart().startsWith('['), markBytes);
  }

  private constructor(file: FileHandle, isArray: boolean, start: number) {
    this.#file = file;
    this.isArray = isArray;
    this.#filePosition = start;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    const rest = this.#length - this.#position;
    if (rest > this.#bytes.length / 2) {
      const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(larger, 0, this.#position, this.#length);
      this.#bytes = larger;
    } else this.#bytes.copyWithin(0, this.#position, this.#length);
    this.#position = 0;
    const free = this.#bytes.length - rest;
    const { bytesRead } = await this.#file.read(this.#bytes, rest, free, this.#filePosition);
    this.#filePosition += bytesRead;
    this.#length = rest + bytesRead;
    this.#ended = bytesRead === 0;
    return this.#length > 0 || (this.isArray && this.#stage !== 'end');
  }

  next(): boolean {
    return this.isArray ? this.#nextElement() : this.#nextLineText();
  }

  #nextLineText(): boolean {
    while (this.#position < this.#length) {
      const feed = this.#bytes.subarray(0, this.#length).indexOf(lineFeed, this.#position);
      if (feed === -1 && !this.#ended && !this.#isTooLong()) return false;
      const end = feed === -1 ? this.#length : feed;
      if (feed === -1 && !this.#ended) return this.#fail('too-long');
      const text = this.#bytes.toString('utf8', this.#position, end);
      this.line = this.#nextLine;
      this.#nextLine += 1;
      this.#position = feed === -1 ? end : end + 1;
      if (text.trim() === '') continue;
      this.text = text;
      return true;
    }
    return false;
  }

  #nextElement(): boolean {
    while (true) {
      const byte = this.#peek();
      if (byte === null) {
        if (!this.#ended || this.#stage === 'end') return false;
        return this.#fail('not-closed');
      }
      switch (this.#stage) {
        case 'start':
          this.#step();
          this.#stage = 'first';
          continue;
        case 'end':
          return this.#fail('text-behind-array');
        case 'separator':
          if (byte !== comma && byte !== closeBracket) return this.#fail('comma-wanted');
          this.#step();
          this.#stage = byte === comma ? 'element' : 'end';
          continue;
        default:
          if (byte === closeBracket && this.#stage === 'first') {
            this.#step();
            this.#stage = 'end';
            continue;
          }
          return this.#takeElement();
      }
    }
  }

  #takeElement(): boolean {
    const end = this.#findElementEnd();
    if (end === null) {
      if (this.#isTooLong()) return this.#fail('too-long');
      return this.#ended ? this.#fail('not-closed') : false;
    }
    this.line = this.#nextLine;
    this.column = this.#nextColumn;
    this.text = this.#bytes.toString('utf8', this.#position, end);
    this.#advance(end);
    this.#stage = 'separator';
    return true;
  }

  /** Where the element at hand ends: before the comma or bracket that no bracket or quote of its own encloses. */
  #findElementEnd(): number | null {
    const bytes = this.#bytes;
    let depth = 0;
    let index = this.#position;
    while (index < this.#length) {
      const byte = bytes[index];
      const isEnd = depth === 0 && (byte === comma || byte === closeBracket);
      if (isEnd) return index;
      if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace || byte === closeBracket) depth -= 1;
      index = byte === quote ? this.#findStringEnd(index + 1) : index + 1;
    }
    return null;
  }

  /** Behind the quote that closes the string around `start`, or the end of the bytes at hand. */
  #findStringEnd(start: number): number {
    for (let index = start; index < this.#length; index += 1) {
      const byte = this.#bytes[index];
      if (byte === quote) return index + 1;
      if (byte === backslash) index += 1;
    }
    return this.#length;
  }

  /** The next byte that is no space. */
  #peek(): number | null {
    while (this.#position < this.#length) {
      const byte = this.#bytes[this.#position] ?? 0;
      if (byte > 0x20) return byte;
      this.#step();
    }
    return null;
  }

  #step(): void {
    this.#advance(this.#position + 1);
  }

  #advance(end: number): void {
    for (let index = this.#position; index < end; index += 1) {
      if (this.#bytes[index] === lineFeed) {
        this.#nextLine += 1;
        this.#nextColumn = 1;
      } else this.#nextColumn += 1;
    }
    this.#position = end;
  }

  #isTooLong(): boolean {
    return this.#length - this.#position >= maxRecordBytes;
  }

  #fail(fault: JsonFileFault): boolean {
    this.fault = fault;
    this.line = this.#nextLine;
    this.column = this.#nextColumn;
    this.text = this.#bytes.toString(
      'utf8',
      this.#position,
      Math.min(this.#length, this.#position + 1_000),
    );
    this.#position = this.#length;
    this.#ended = true;
    this.#stage = 'end';
    return true;
  }
}
