import { expect, test } from 'vitest';
import { type PhiloxCounter, type PhiloxKey, philoxBlock, philoxBytes } from './philox.js';

// Known answers of the authors' own implementation (Random123, kat_vectors: philox4x32 10).
test.each<[PhiloxCounter, PhiloxKey, readonly number[]]>([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])(
  'the counter %j under the key %j gives the bits that its authors publish',
  (counter, key, bits) => {
    expect([...philoxBlock(key, counter)]).toEqual(bits);
  },
);

test('bytes go on from count to count, over the carry too', () => {
  const key: PhiloxKey = [7, 11];
  const bytes = philoxBytes(key, [0xffffffff, 0, 5, 6], 39);

  const toBytes = (counter: PhiloxCounter): number[] =>
    [...philoxBlock(key, counter)].flatMap((word) =>
      [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff),
    );
  expect([...bytes]).toEqual([
    ...toBytes([0xffffffff, 0, 5, 6]),
    ...toBytes([0, 1, 5, 6]),
    ...toBytes([1, 1, 5, 6]).slice(0, 7),
  ]);
});

test('bytes are spread evenly', () => {
  const counts = new Array<number>(256).fill(0);
  for (const byte of philoxBytes([1, 2], [0, 0, 3, 4], 256_000))
    counts[byte] = (counts[byte] ?? 0) + 1;
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
