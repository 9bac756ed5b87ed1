import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineEndNormalizer, TextInspector } from './text-inspector.js';

/** Feeds bytes in pieces, as a stream would. */
function pieces(bytes: Buffer, size: number): Buffer[] {
  const result: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size)
    result.push(bytes.subarray(start, start + size));
  return result;
}

function inspect(bytes: Buffer, size = bytes.length || 1): TextInspector {
  const inspector = new TextInspector();
  for (const piece of pieces(bytes, size)) inspector.push(piece);
  inspector.end();
  return inspector;
}

test('UTF-8 is valid wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
      expect(inspect(Buffer.from(text), size).invalidLine).toBeNull();
    }),
  );
});

test.each([1, 2, 3, 100])('the first line that is no UTF-8 is named (pieces of %i)', (size) => {
  const bytes = Buffer.concat([
    Buffer.from('id,näme\n1,é\n'),
    Buffer.from('2,pr\xe9nom\n3,\xff\n', 'latin1'),
  ]);
  expect(inspect(bytes, size).invalidLine).toBe(3);
});

test('a file that ends within a character is not valid', () => {
  expect(inspect(Buffer.from('a\né').subarray(0, 3)).invalidLine).toBe(2);
});

test.each([
  ['a,b\n1,2\n', false],
  ['a,b\r\n1,2\r\n', false],
  ['a,b\r\n1,2', false],
  ['a,b\r1,2\r', false],
  ['a,b\r\n1,"x\ny"\r\n', false],
  ['a,b\n1,"x\r\ny"\n', false],
  ['a,b\r\n1,2\n', true],
])('%j has mixed line ends: %s', (text, mixed) => {
  expect(inspect(Buffer.from(text)).hasMixedLineEnds).toBe(mixed);
});

test('line ends become LF outside quotes and nothing else changes', () => {
  const text = 'a,b\r\n1,"x\r\ny"\n2,z\r3\r\n\r';
  for (const size of [1, 2, 5, 100]) {
    const normalizer = new LineEndNormalizer();
    const parts = pieces(Buffer.from(text), size).map((piece) => normalizer.push(piece));
    const result = Buffer.concat([...parts, normalizer.end()]).toString();
    expect(result).toBe('a,b\n1,"x\r\ny"\n2,z\r3\n\r');
  }
});
