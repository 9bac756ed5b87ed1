import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RecetaError } from '../../contract/errors.js';
import { type CsvHeader, parseCsvHeader } from './csv-header.js';
import { detectSourceFormat } from './source-format.js';
import { LineEndNormalizer, TextInspector } from './text-inspector.js';

const chunkBytes = 1 << 18;
const maxHeaderBytes = 4 << 20;

/** A gzip stream may grow to this size freely, and beyond it by this ratio: enough for any table, not for a bomb. */
const freeExpansionBytes = 64 << 20;
const maxExpansionRatio = 250;

export interface CsvText {
  /** Plain UTF-8 with one kind of line end; the source itself where it is that already. */
  readonly path: string;
  readonly header: CsvHeader;
}

/**
 * Makes a CSV source readable for DuckDB: unpacks gzip (whatever the name), turns UTF-16 with a byte order mark into
 * UTF-8, evens out mixed line ends, and reads the header.
 *
 * @param folder where changed copies are written
 * @throws RecetaError `source-empty`, `source-unreadable`, `source-too-large` (a gzip bomb)
 */
export async function prepareCsvText(sourcePath: string, folder: string): Promise<CsvText> {
  const plainPath = await unpack(sourcePath, join(folder, 'unpacked.csv'));
  const inspector = new TextInspector();
  for await (const chunk of readChunks(plainPath)) inspector.push(chunk);
  inspector.end();
  if (inspector.invalidLine !== null) throw notUtf8(inspector.invalidLine);
  const path = inspector.hasMixedLineEnds
    ? await normalizeLineEnds(plainPath, join(folder, 'normalized.csv'))
    : plainPath;
  return { path, header: await readHeader(path) };
}

async function unpack(sourcePath: string, unpackedPath: string): Promise<string> {
  const head = await readStart(sourcePath, 512);
  if (head.length === 0) {
    throw new RecetaError('source-empty', 'Reading the source: the file is empty (0 bytes).');
  }
  const format = detectSourceFormat(head);
  if (typeof format === 'object') throw notCsv(format.refused);
  if (format === 'gzip') return gunzip(sourcePath, unpackedPath);
  if (format === 'text') return sourcePath;
  const decoder = new TextDecoder(format, { fatal: true });
  await writeThrough(
    createReadStream(sourcePath, { highWaterMark: chunkBytes }),
    (chunk) => Buffer.from(decoder.decode(chunk, { stream: true })),
    unpackedPath,
  );
  return unpackedPath;
}

async function gunzip(sourcePath: string, unpackedPath: string): Promise<string> {
  const packedBytes = (await stat(sourcePath)).size;
  const limitBytes = Math.max(freeExpansionBytes, packedBytes * maxExpansionRatio);
  let unpackedBytes = 0;
  const gunzipped = createGunzip({ chunkSize: chunkBytes });
  const source = createReadStream(sourcePath);
  source.once('error', (error) => gunzipped.destroy(error));
  source.pipe(gunzipped);
  try {
    await writeThrough(
      gunzipped,
      (chunk) => {
        unpackedBytes += chunk.length;
        if (unpackedBytes > limitBytes) throw gzipBomb(packedBytes, limitBytes);
        return chunk;
      },
      unpackedPath,
    );
  } catch (error) {
    if (error instanceof RecetaError || !isZlibError(error)) throw error;
    throw new RecetaError(
      'source-unreadable',
      `Unpacking the gzip source failed: ${error.message}. The file is damaged or cut off; get it again.`,
      { cause: error },
    );
  }
  const format = detectSourceFormat(await readStart(unpackedPath, 512));
  if (typeof format === 'object') throw notCsv(format.refused);
  return unpackedPath;
}

async function normalizeLineEnds(fromPath: string, toPath: string): Promise<string> {
  const normalizer = new LineEndNormalizer();
  const source = createReadStream(fromPath, { highWaterMark: chunkBytes });
  await writeThrough(
    source,
    (chunk) => normalizer.push(chunk),
    toPath,
    () => normalizer.end(),
  );
  return toPath;
}

function writeThrough(
  source: Readable,
  change: (chunk: Buffer) => Buffer,
  toPath: string,
  last: () => Buffer = () => Buffer.alloc(0),
): Promise<void> {
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, change(chunk));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(null, last());
    },
  });
  return pipeline(source, through, createWriteStream(toPath));
}

async function readHeader(path: string): Promise<CsvHeader> {
  const start = (await readStart(path, maxHeaderBytes)).toString('utf8').replace(/^\uFEFF/, '');
  const header = parseCsvHeader(start);
  if (header !== null) return header;
  if (start.trim() === '') {
    throw new RecetaError(
      'source-empty',
      'Reading the source: the file holds no text, not even a header.',
    );
  }
  throw new RecetaError(
    'source-unreadable',
    'Reading the CSV header: its end was not found. A quote may be opened there and never closed.',
    { problems: [{ message: 'the header has no end', line: 1 }] },
  );
}

async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function readChunks(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: chunkBytes });
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function notCsv(what: string): RecetaError {
  return new RecetaError(
    'source-unreadable',
    `Reading the source: it is ${what}, not a CSV file. Only CSV is read, plain or packed with gzip.`,
  );
}

function notUtf8(line: number): RecetaError {
  const message = `line ${line} is not valid UTF-8`;
  return new RecetaError(
    'source-unreadable',
    `Reading the CSV source: ${message}. Save the file as UTF-8, e.g. with iconv -f WINDOWS-1252 -t UTF-8.`,
    { problems: [{ message, line }] },
  );
}

function gzipBomb(packedBytes: number, limitBytes: number): RecetaError {
  return new RecetaError(
    'source-too-large',
    `Unpacking the gzip source: ${packedBytes} bytes grow to more than ${limitBytes}. ` +
      'That is no ordinary table; provide it unpacked if it is meant.',
  );
}
