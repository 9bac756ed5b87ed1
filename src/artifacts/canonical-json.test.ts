import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from './canonical-json.js';

describe('toCanonicalJson', () => {
  it('sorts keys by UTF-16 code units at every depth and leaves no white space', () => {
    const value = {
      b: [1, { z: null, a: true }],
      a: 'x',
      '\u{1F600}': 1,
      '\uFB33': 2,
      '\u20AC': 3,
    };
    expect(toCanonicalJson(value)).toBe(
      '{"a":"x","b":[1,{"a":true,"z":null}],"\u20AC":3,"\u{1F600}":1,"\uFB33":2}',
    );
  });

  it('prints numbers as RFC 8785 asks', () => {
    expect(toCanonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0, 0.1 + 0.2])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0,0.30000000000000004]',
    );
  });

  it('gives the same text whatever the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(toCanonicalJson(reversed)).toBe(toCanonicalJson(record));
      }),
    );
  });

  it('is read back by JSON.parse as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['NaN', { a: [1, Number.NaN] }, '$.a[1]'],
    ['an infinity', { a: Number.POSITIVE_INFINITY }, '$.a'],
    ['undefined', { a: { b: undefined } }, '$.a.b'],
    ['a hole in an array', new Array(1), '$[0]'],
    ['a bigint', [1n], '$[0]'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a typed array', { x: new Float32Array(1) }, '$.x'],
    ['a lone surrogate', ['\ud800'], '$[0]'],
  ])('refuses %s and names where it is', (_name, value, path) => {
    expect(() => toCanonicalJson(value)).toThrow(`at ${path},`);
  });
});
