import { createReadStream } from 'node:fs';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/**
 * The line in which a record of a CSV file begins, both counted from 1. DuckDB's reader names records; the two differ
 * behind values with line ends in them.
 */
export async function findRecordLine(path: string, record: number): Promise<number> {
  let line = 1;
  let current = 1;
  let quoted = false;
  let previous = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (current === record) return line;
      if (byte === quote) quoted = !quoted;
      const endsLine =
        byte === carriageReturn || (byte === lineFeed && previous !== carriageReturn);
      // The feed of a pair belongs to the line end that its return has already counted.
      if (endsLine) {
        line += 1;
        if (!quoted) current += 1;
      }
      previous = byte;
    }
  }
  return line;
}
