import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.js';

const sample: Record<string, Tensor> = {
  y: { dtype: 'I32', shape: [3], data: Int32Array.of(1, -2, 3) },
  x: { dtype: 'F32', shape: [3, 2], data: Float32Array.of(1.5, -0, Number.NaN, 4, 5, 6) },
  flags: { dtype: 'U8', shape: [3], data: Uint8Array.of(0, 1, 255) },
  sums: { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) },
};

function toFile(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

describe('safetensors', () => {
  it('gives back every tensor and the metadata', () => {
    const decoded = decodeSafetensors(encodeSafetensors(sample, { epoch: '7', b: 'ü' }));
    expect(decoded.tensors).toEqual(sample);
    expect(decoded.metadata).toEqual({ epoch: '7', b: 'ü' });
  });

  it('writes the published layout', () => {
    const bytes = encodeSafetensors({ a: { dtype: 'U8', shape: [2], data: Uint8Array.of(9, 8) } });
    const header = '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}'.padEnd(56);
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([
        Buffer.from([56, 0, 0, 0, 0, 0, 0, 0]),
        Buffer.from(header),
        Buffer.from([9, 8]),
      ]),
    );
  });

  it('gives equal bytes whatever the order of tensors and metadata', () => {
    const reversed = Object.fromEntries(Object.entries(sample).reverse());
    expect(encodeSafetensors(reversed, { b: '2', a: '1' })).toEqual(
      encodeSafetensors(sample, { a: '1', b: '2' }),
    );
  });

  it('reads tensors from memory that is not aligned', () => {
    const bytes = encodeSafetensors(sample);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(decodeSafetensors(shifted.subarray(1)).tensors).toEqual(sample);
  });

  it('carries names of any kind and empty tensors', () => {
    const tensors = Object.fromEntries(
      ['__proto__', 'ünï', 'a b', ''].map((name): [string, Tensor] => [
        name,
        { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
      ]),
    );
    const decoded = decodeSafetensors(encodeSafetensors(tensors)).tensors;
    expect(Object.keys(decoded).sort()).toEqual(Object.keys(tensors).sort());
  });

  it('keeps every bit pattern of 32-bit floats', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 64 }), (raw) => {
        const data = new Float32Array(raw.slice(0, raw.length - (raw.length % 4)).buffer);
        const bytes = encodeSafetensors({ x: { dtype: 'F32', shape: [data.length], data } });
        const back = decodeSafetensors(bytes).tensors.x?.data ?? expect.unreachable();
        expect(Buffer.from(back.buffer, back.byteOffset, back.byteLength)).toEqual(
          Buffer.from(data.buffer),
        );
      }),
    );
  });

  it('refuses to encode a shape that does not fit the data', () => {
    const tensor: Tensor = { dtype: 'F32', shape: [2, 2], data: new Float32Array(3) };
    expect(() => encodeSafetensors({ x: tensor })).toThrow("Encoding the tensor 'x'");
  });

  const u8 = (shape: number[], from: number, to: number) => ({
    dtype: 'U8',
    shape,
    data_offsets: [from, to],
  });

  it.each([
    ['an empty file', new Uint8Array()],
    ['a header longer than the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0)],
    ['a header of absurd length', new Uint8Array(8).fill(255)],
    ['a header that is not JSON', toFile('{"a":')],
    ['a header that is not an object', toFile('[]')],
    ['metadata that is not text', toFile({ __metadata__: { a: 1 } })],
    [
      'an unknown element type',
      toFile({ a: { ...u8([1], 0, 1), dtype: 'F8' } }, new Uint8Array(1)),
    ],
    ['an inherited name as element type', toFile({ a: { ...u8([1], 0, 1), dtype: 'toString' } })],
    ['a negative size', toFile({ a: u8([-1], 0, 1) }, new Uint8Array(1))],
    ['offsets beyond the data', toFile({ a: u8([2], 0, 2) }, new Uint8Array(1))],
    ['a shape that does not fit the offsets', toFile({ a: u8([3], 0, 2) }, new Uint8Array(2))],
    ['overlapping tensors', toFile({ a: u8([2], 0, 2), b: u8([2], 1, 3) }, new Uint8Array(3))],
    ['a gap', toFile({ a: u8([1], 0, 1), b: u8([1], 2, 3) }, new Uint8Array(3))],
    ['trailing bytes', toFile({ a: u8([1], 0, 1) }, new Uint8Array(2))],
  ])('refuses %s as artifact-corrupt', (_name, bytes) => {
    try {
      decodeSafetensors(bytes);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RecetaError);
      expect(error).toMatchObject({ code: 'artifact-corrupt' });
    }
  });

  it('refuses any truncation of a file', () => {
    const bytes = encodeSafetensors(sample);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(RecetaError);
    }
  });
});
