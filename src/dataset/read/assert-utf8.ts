import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { sourceError } from './source-error.js';

const chunkBytes = 1 << 20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * @throws RecetaError `source-unreadable` naming the first line that is no UTF-8, and the way out
 */
export async function assertUtf8(path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const lines = await countLinesBeforeFault(file);
    if (lines === null) return;
    const message =
      'it is not valid UTF-8; say which encoding it has, e.g. `encoding: windows-1252` (source.encoding), or save it as UTF-8';
    throw sourceError('source-unreadable', name, { message, line: lines + 1 });
  } finally {
    await file.close();
  }
}

/** @returns null when all bytes are UTF-8 */
async function countLinesBeforeFault(file: FileHandle): Promise<number | null> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let rest = 0;
  let position = 0;
  while (true) {
    const { bytesRead } = await file.read(buffer, rest, chunkBytes - rest, position);
    const length = rest + bytesRead;
    const end = bytesRead === 0 ? length : lastCharacterBoundary(buffer, length);
    if (!isUtf8(buffer.subarray(0, end))) return countLines(file, position - rest, buffer, end);
    if (bytesRead === 0) return null;
    position += bytesRead;
    buffer.copyWithin(0, end, length);
    rest = length - end;
  }
}

/** Line ends before the first fault; the chunk that holds it begins at `start`. */
async function countLines(
  file: FileHandle,
  start: number,
  chunk: Buffer,
  length: number,
): Promise<number> {
  let valid = 0;
  let invalid = length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(chunk.subarray(0, lastCharacterBoundary(chunk, middle)))) valid = middle;
    else invalid = middle;
  }
  const tail = countLineEnds(chunk.subarray(0, valid), 0);
  let lines = tail.lines;
  let previous = 0;
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; position < start; ) {
    const wanted = Math.min(chunkBytes, start - position);
    const { bytesRead } = await file.read(buffer, 0, wanted, position);
    if (bytesRead === 0) break;
    const counted = countLineEnds(buffer.subarray(0, bytesRead), previous);
    lines += counted.lines;
    previous = counted.last;
    position += bytesRead;
  }
  return lines;
}

function countLineEnds(bytes: Buffer, before: number): { lines: number; last: number } {
  let lines = 0;
  let previous = before;
  for (const byte of bytes) {
    if (byte === carriageReturn || (byte === lineFeed && previous !== carriageReturn)) lines += 1;
    previous = byte;
  }
  return { lines, last: previous };
}

/** Where the last character that is surely complete ends: behind the last ASCII byte, or at most four bytes before. */
function lastCharacterBoundary(bytes: Buffer, length: number): number {
  for (let back = 0; back < 4 && back < length; back += 1) {
    const byte = bytes[length - 1 - back] ?? 0;
    if (byte < 0x80) return length - back;
    // A lead byte: its character may be cut here.
    if (byte >= 0xc0) return length - 1 - back;
  }
  return length;
}
