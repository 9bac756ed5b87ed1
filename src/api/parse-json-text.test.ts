import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { parseJsonText } from './parse-json-text.js';

function refusal(text: string): RecetaError {
  try {
    parseJsonText(text);
  } catch (error) {
    if (error instanceof RecetaError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('parseJsonText', () => {
  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(parseJsonText(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": tru\n}', 2, 8],
    ['[1, 2', 1, 6],
    ['{"a": 1} x', 1, 10],
    ['{a: 1}', 1, 2],
    ["{'a': 1}", 1, 2],
    ['[01]', 1, 3],
    ['{"a" 1}', 1, 6],
    ['["\\x"]', 1, 2],
    ['}', 1, 1],
  ])('says where %j stops being JSON', (text, line, column) => {
    expect(refusal(text).problems).toMatchObject([{ line, column }]);
  });

  it('finds a position in every text that JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom(',', '}', ']', ':', '"', 'x'),
        (value, at, extra) => {
          const good = JSON.stringify(value);
          const cut = at % (good.length + 1);
          const text = good.slice(0, cut) + extra + good.slice(cut);
          try {
            JSON.parse(text);
          } catch {
            expect(refusal(text).problems).toMatchObject([{ line: 1, column: expect.any(Number) }]);
          }
        },
      ),
    );
  });

  it('takes linear time for a quote that is never closed', () => {
    expect(refusal(`["${'a'.repeat(1_000_000)}`).problems).toMatchObject([{ line: 1, column: 2 }]);
  });

  it('refuses a key that reaches for the prototype, at any depth', () => {
    expect(refusal('{"a": [{"__proto__": {}}]}').message).toContain('__proto__');
  });

  it('refuses nesting without end', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(refusal(text).message).toContain('nested deeper');
  });
});
