import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { type ErrorCode, RecetaError } from '../../contract/errors.js';
import type {
  SourceFormat as DataFormat,
  ReadOptions,
  TextEncoding,
} from '../../contract/pipeline-plan.js';
import { sourceError } from './source-error.js';
import { detectSourceFormat, type SourceFormat } from './source-format.js';

const chunkBytes = 1 << 18;

/** A packed file may grow to this size freely, and beyond it by this ratio: enough for any table, not for a bomb. */
const freeExpansionBytes = 64 << 20;
const maxExpansionRatio = 250;

export interface UnpackedFile {
  /** Plain; text is UTF-8 unless its bytes say otherwise. The source itself where it is that already. */
  readonly path: string;
  readonly format: DataFormat;
  readonly notes: readonly string[];
}

/**
 * Unpacks gzip (several members too) and zstd, whatever the file is called, turns text of other encodings into UTF-8
 * and says what the file holds.
 *
 * @param folder where changed copies are written, under names that begin with `prefix`
 * @throws RecetaError `source-empty`, `source-unreadable`, `source-too-large` (a bomb)
 */
export async function unpackFile(
  file: { readonly path: string; readonly name: string },
  read: ReadOptions,
  folder: string,
  prefix: string,
): Promise<UnpackedFile> {
  let { path } = file;
  let found = await detectFile(path, file.name);
  if (found === 'gzip' || found === 'zstd') {
    const unpackedPath = join(folder, `${prefix}-unpacked`);
    await unpack(file, found, unpackedPath);
    path = unpackedPath;
    found = await detectFile(path, file.name);
  }
  if (typeof found === 'object') {
    throw refuse(file.name, `it is ${found.refused}, not CSV, Parquet or JSON`);
  }
  if (found === 'gzip' || found === 'zstd') throw refuse(file.name, 'it is packed twice');
  if (found === 'parquet' || read.format === 'parquet') {
    if (found !== 'parquet') throw refuse(file.name, 'it is no Parquet file, as `format` says');
    if (read.format !== null && read.format !== 'parquet') {
      throw refuse(file.name, `it is a Parquet file, although \`format\` says ${read.format}`);
    }
    return { path, format: 'parquet', notes: [] };
  }
  return toUtf8(path, found, file.name, read, join(folder, `${prefix}-utf8`));
}

async function detectFile(path: string, name: string): Promise<SourceFormat> {
  const head = await readStart(path, 512);
  if (head.length > 0) return detectSourceFormat(head);
  throw sourceError('source-empty', name, { message: 'the file is empty (0 bytes)' });
}

async function toUtf8(
  path: string,
  found: SourceFormat,
  name: string,
  read: ReadOptions,
  utf8Path: string,
): Promise<UnpackedFile> {
  const marked = found === 'utf-16le' || found === 'utf-16be' ? found : null;
  const encoding = read.encoding ?? marked ?? 'utf-8';
  if (encoding === 'utf-8') {
    const format =
      read.format === 'json' || (read.format === null && found === 'json') ? 'json' : 'csv';
    return { path, format, notes: [] };
  }
  await transform(path, createTranscoder(encoding, name), utf8Path);
  const decoded = detectSourceFormat(await readStart(utf8Path, 512));
  if (typeof decoded === 'object') throw refuse(name, `it is ${decoded.refused}, not CSV or JSON`);
  const format =
    read.format === 'json' || (read.format === null && decoded === 'json') ? 'json' : 'csv';
  const notes = read.encoding === null ? [`the text is in ${encoding.toUpperCase()}`] : [];
  return { path: utf8Path, format, notes };
}

async function unpack(
  file: { readonly path: string; readonly name: string },
  format: 'gzip' | 'zstd',
  unpackedPath: string,
): Promise<void> {
  const packedBytes = (await stat(file.path)).size;
  const limitBytes = Math.max(freeExpansionBytes, packedBytes * maxExpansionRatio);
  let unpackedBytes = 0;
  const count = (chunk: Buffer): Buffer => {
    unpackedBytes += chunk.length;
    if (unpackedBytes <= limitBytes) return chunk;
    const message =
      `its ${packedBytes} bytes unpack to more than ${limitBytes}. ` +
      'That is no ordinary table; provide it unpacked if it is meant';
    throw sourceError('source-too-large', file.name, { message });
  };
  const unpacker =
    format === 'gzip' ? createGunzip({ chunkSize: chunkBytes }) : createZstdUnpacker();
  try {
    await pipeline(
      createReadStream(file.path, { highWaterMark: chunkBytes }),
      unpacker,
      mapChunks(count),
      createWriteStream(unpackedPath),
    );
  } catch (error) {
    if (error instanceof RecetaError || !(error instanceof Error) || isSystemError(error))
      throw error;
    const message = `unpacking ${format} failed: ${error.message}. The file is damaged or cut off; get it again`;
    throw sourceError('source-unreadable', file.name, { message }, { cause: error });
  }
}

/** Frame by frame; throws on data that are damaged or end too early. */
function createZstdUnpacker(): Transform {
  let unpacked: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => unpacked.push(chunk.slice()));
  const push = (stream: Transform, chunk: Uint8Array, isLast: boolean): void => {
    decompress.push(chunk, isLast);
    for (const part of unpacked) stream.push(part);
    unpacked = [];
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      attempt(done, () => push(this, chunk, false));
    },
    flush(done) {
      attempt(done, () => push(this, new Uint8Array(0), true));
    },
  });
}

/** Turns chunk after chunk into UTF-8; without a chunk, what is left at the end. */
function createTranscoder(encoding: TextEncoding, name: string): (chunk?: Buffer) => Buffer {
  if (encoding === 'latin1') return (chunk) => Buffer.from(chunk?.toString('latin1') ?? '');
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return Buffer.from(
        chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }),
      );
    } catch (cause) {
      const message = `it is no ${encoding.toUpperCase()} text, as its byte order mark or \`encoding\` says`;
      throw sourceError('source-unreadable', name, { message }, { cause });
    }
  };
}

function transform(
  fromPath: string,
  change: (chunk?: Buffer) => Buffer,
  toPath: string,
): Promise<void> {
  const source = createReadStream(fromPath, { highWaterMark: chunkBytes });
  return pipeline(source, mapChunks(change, change), createWriteStream(toPath));
}

function mapChunks(change: (chunk: Buffer) => Buffer, last?: () => Buffer): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      attempt(done, () => void this.push(change(chunk)));
    },
    flush(done) {
      attempt(done, () => void (last !== undefined && this.push(last())));
    },
  });
}

function attempt(done: (error?: Error) => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done();
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

/** Errors of the operating system say nothing about the file's content. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error;
}

function refuse(name: string, message: string, code: ErrorCode = 'source-unreadable'): RecetaError {
  return sourceError(code, name, { message });
}
