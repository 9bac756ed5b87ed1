import { RecetaError } from '../contract/errors.js';

export type TensorData = Float64Array | Float32Array | Int32Array | Uint8Array;

/** A dense array in row-major order. */
export interface Tensor {
  readonly dtype: 'F32' | 'F64' | 'I32' | 'U8';
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

type Dtype = Tensor['dtype'];

const elementBytes: Readonly<Record<Dtype, number>> = { F64: 8, F32: 4, I32: 4, U8: 1 };
const metadataKey = '__metadata__';
const headerAlignment = 8;
const maxHeaderBytes = 100_000_000;

/**
 * Encodes named tensors in the safetensors format (https://github.com/huggingface/safetensors#format):
 * 8 bytes of header length, a JSON header padded to 8 bytes, then the little-endian data without gaps.
 * Tensors are laid out by element size, then by name, so every one is aligned and equal input gives equal bytes.
 *
 * @throws RecetaError `internal` when a shape does not fit its data or a name is reserved
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries = Object.entries(tensors).sort(([nameA, a], [nameB, b]) => {
    return elementBytes[b.dtype] - elementBytes[a.dtype] || (nameA < nameB ? -1 : 1);
  });
  const header: [string, unknown][] = [];
  const sortedMetadata = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sortedMetadata.length > 0) header.push([metadataKey, Object.fromEntries(sortedMetadata)]);
  let dataBytes = 0;
  for (const [name, tensor] of entries) {
    assertEncodable(name, tensor);
    const end = dataBytes + tensor.data.byteLength;
    header.push([
      name,
      { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [dataBytes, end] },
    ]);
    dataBytes = end;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.length / headerAlignment) * headerAlignment;
  const bytes = new Uint8Array(8 + headerBytes + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length, 8 + headerBytes);
  let offset = 8 + headerBytes;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Decodes a safetensors file. The tensors share the memory of `bytes` where alignment allows it, so treat both
 * as read-only afterwards.
 *
 * @throws RecetaError `artifact-corrupt` for anything but a well-formed file whose tensors cover its data
 *   exactly once, or for an element type other than F64, F32, I32 and U8
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, dataStart } = readHeader(bytes);
  const dataBytes = bytes.byteLength - dataStart;
  const ranges: [start: number, end: number][] = [];
  const tensors: [string, Tensor][] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === metadataKey) {
      metadata = readMetadata(entry);
      continue;
    }
    const { dtype, shape, start, end } = readEntry(name, entry, dataBytes);
    ranges.push([start, end]);
    const data = toTypedArray(dtype, bytes, dataStart + start, end - start);
    tensors.push([name, { dtype, shape, data }]);
  }
  assertCovered(ranges, dataBytes);
  return { tensors: Object.fromEntries(tensors), metadata };
}

function assertEncodable(name: string, { dtype, shape, data }: Tensor): void {
  const expected = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array }[dtype];
  const count = shape.reduce((product, size) => product * size, 1);
  if (name === metadataKey || !(data instanceof expected) || count !== data.length) {
    throw new RecetaError(
      'internal',
      `Encoding the tensor '${name}': ${dtype} of shape [${shape.join(', ')}] does not fit ` +
        `${data.constructor.name} of length ${data.length}, or the name is reserved.`,
    );
  }
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.byteLength < 8)
    throw corrupt(`it has ${bytes.byteLength} bytes, fewer than a header length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > maxHeaderBytes || 8 + headerBytes > bytes.byteLength) {
    throw corrupt(`its header claims ${headerBytes} bytes in a file of ${bytes.byteLength}`);
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + 8, headerBytes).toString('utf8');
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw corrupt('its header is not JSON', cause);
  }
  if (!isRecord(header)) throw corrupt('its header is not a JSON object');
  return { header, dataStart: 8 + headerBytes };
}

function readMetadata(entry: unknown): Readonly<Record<string, string>> {
  if (!isRecord(entry) || !Object.values(entry).every((value) => typeof value === 'string')) {
    throw corrupt('its metadata is not an object of strings');
  }
  return entry as Record<string, string>;
}

function readEntry(
  name: string,
  entry: unknown,
  dataBytes: number,
): { dtype: Dtype; shape: readonly number[]; start: number; end: number } {
  if (!isRecord(entry)) throw corrupt(`tensor '${name}' is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(elementBytes, dtype)) {
    throw corrupt(`tensor '${name}' has the unsupported type ${JSON.stringify(dtype)}`);
  }
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw corrupt(`tensor '${name}' has no valid shape or offsets`);
  }
  const [start = 0, end = 0] = offsets;
  const size = shape.reduce((product, length) => product * length, elementBytes[dtype as Dtype]);
  if (end > dataBytes || end - start !== size) {
    throw corrupt(
      `tensor '${name}' of ${size} bytes does not fit bytes ${start} to ${end} of ${dataBytes}`,
    );
  }
  return { dtype: dtype as Dtype, shape, start, end };
}

function assertCovered(ranges: readonly [start: number, end: number][], dataBytes: number): void {
  let covered = 0;
  // An empty tensor sits at the start of its neighbor, so equal starts are ordered by their ends.
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start !== covered)
      throw corrupt(`its tensors overlap or leave a gap at data byte ${covered}`);
    covered = end;
  }
  if (covered !== dataBytes)
    throw corrupt(`${dataBytes - covered} bytes at its end belong to no tensor`);
}

function toTypedArray(
  dtype: Dtype,
  bytes: Uint8Array,
  start: number,
  sizeBytes: number,
): TensorData {
  const width = elementBytes[dtype];
  const aligned = (bytes.byteOffset + start) % width === 0;
  const source = aligned ? bytes : bytes.slice(start, start + sizeBytes);
  const byteOffset = aligned ? bytes.byteOffset + start : source.byteOffset;
  const length = sizeBytes / width;
  switch (dtype) {
    case 'F64':
      return new Float64Array(source.buffer, byteOffset, length);
    case 'F32':
      return new Float32Array(source.buffer, byteOffset, length);
    case 'I32':
      return new Int32Array(source.buffer, byteOffset, length);
    case 'U8':
      return new Uint8Array(source.buffer, byteOffset, length);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function corrupt(found: string, cause?: unknown): RecetaError {
  return new RecetaError('artifact-corrupt', `Reading a safetensors file: ${found}.`, { cause });
}
