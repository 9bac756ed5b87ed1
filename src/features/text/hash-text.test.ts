import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fnv1a, hashGram } from './hash-text.js';

describe('fnv1a', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('gives the published hash of %j', (text, hash) => {
    expect(fnv1a(text)).toBe(hash);
  });

  it('hashes the UTF-8 bytes of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let hash = 0x811c9dc5;
        for (const byte of new TextEncoder().encode(text)) {
          hash = Math.imul(hash ^ byte, 0x01000193);
        }
        expect(fnv1a(text)).toBe(hash >>> 0);
      }),
    );
  });
});

describe('hashGram', () => {
  it('fills buckets evenly, half of the grams with each sign', () => {
    const rows = new Array<number>(16).fill(0);
    let positive = 0;
    for (let gram = 0; gram < 16_000; gram += 1) {
      const { bucket, sign } = hashGram(String(gram), 16);
      rows[bucket] = (rows[bucket] ?? 0) + 1;
      if (sign === 1) positive += 1;
    }
    // Five standard deviations of a binomial count.
    for (const count of rows) expect(Math.abs(count - 1000)).toBeLessThan(155);
    expect(Math.abs(positive - 8000)).toBeLessThan(320);
  });
});
