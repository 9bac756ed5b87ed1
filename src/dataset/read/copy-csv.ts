import { type FileHandle, open } from 'node:fs/promises';
import { type CsvFile, openCsvPass } from './csv-file.js';
import { fieldFlag } from './csv-form.js';
import type { CsvRecords } from './csv-records.js';

const flushBytes = 1 << 20;
const quoteByte = 0x22;
const lineFeed = 0x0a;

/**
 * Writes the rows of a CSV file, and nothing else, as DuckDB's strict reader wants them: one kind of line end, double
 * quotes, no header, no NUL byte. Fields that were quoted are quoted again.
 */
export async function copyCsv(file: CsvFile, toPath: string): Promise<void> {
  const { records, judge } = await openCsvPass(file);
  const output = await open(toPath, 'w');
  try {
    const writer = new RecordWriter(output, file);
    while (await records.fill()) {
      while (records.next()) {
        if (judge.judge(records) !== null) continue;
        writer.write(records);
        if (writer.pendingBytes > flushBytes) await writer.flush();
      }
    }
    await writer.flush();
  } finally {
    await records.close();
    await output.close();
  }
}

class RecordWriter {
  readonly #output: FileHandle;
  readonly #delimiter: number;
  readonly #quote: string;
  #bytes: Buffer = Buffer.allocUnsafe(2 * flushBytes);
  pendingBytes = 0;

  constructor(output: FileHandle, { layout }: CsvFile) {
    this.#output = output;
    this.#delimiter = layout.delimiter.charCodeAt(0);
    this.#quote = layout.quote ?? '';
  }

  write(records: CsvRecords): void {
    // Doubled quotes may double the length; each field may gain a delimiter and two quotes.
    this.#reserve(2 * (records.recordEnd - records.recordStart) + 3 * records.fieldCount + 1);
    for (let column = 0; column < records.fieldCount; column += 1) {
      if (column > 0) this.#bytes[this.pendingBytes++] = this.#delimiter;
      this.#writeField(records, column);
    }
    this.#bytes[this.pendingBytes++] = lineFeed;
  }

  async flush(): Promise<void> {
    await this.#output.write(this.#bytes, 0, this.pendingBytes);
    this.pendingBytes = 0;
  }

  #writeField(records: CsvRecords, column: number): void {
    const start = records.starts[column] ?? 0;
    const end = records.ends[column] ?? 0;
    const flags = records.flags[column] ?? 0;
    const isQuoted = (flags & fieldFlag.quoted) !== 0;
    const isPlain =
      (flags & ~fieldFlag.quoted) === 0 &&
      (this.#quote === '"' || this.#isWithoutQuotes(records, start, end));
    if (isPlain) {
      if (isQuoted) this.#bytes[this.pendingBytes++] = quoteByte;
      this.pendingBytes += records.bytes.copy(this.#bytes, this.pendingBytes, start, end);
      if (isQuoted) this.#bytes[this.pendingBytes++] = quoteByte;
      return;
    }
    const text = records.bytes.toString('utf8', start, end);
    const single =
      flags & fieldFlag.doubledQuotes
        ? text.replaceAll(this.#quote + this.#quote, this.#quote)
        : text;
    const doubled = single.replaceAll('\0', '').replaceAll('"', '""');
    this.pendingBytes += this.#bytes.write(`"${doubled}"`, this.pendingBytes);
  }

  #isWithoutQuotes(records: CsvRecords, start: number, end: number): boolean {
    return !records.bytes.subarray(start, end).includes(quoteByte);
  }

  #reserve(length: number): void {
    if (this.pendingBytes + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.pendingBytes + length));
    this.#bytes.copy(larger, 0, 0, this.pendingBytes);
    this.#bytes = larger;
  }
}
