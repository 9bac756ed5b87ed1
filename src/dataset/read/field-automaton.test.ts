import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldAutomaton, otherState } from './field-automaton.js';
import { type ShapeRules, toShape } from './value-shapes.js';

const dialect = { delimiter: 0x2c, quote: 0x22 };
const none: ReadonlySet<string> = new Set();

function runTo(text: string, rules: ShapeRules, nulls = none) {
  const automaton = createFieldAutomaton(dialect, rules, nulls);
  let state = 0;
  for (const byte of Buffer.from(text))
    state = automaton.unquoted[state * 256 + byte] ?? otherState;
  return { ...automaton, state };
}

/** Texts near those that the automaton knows. */
const nearNumber = fc
  .array(fc.constantFrom(...'0123456789.-+eE:TZ /,'), { minLength: 1, maxLength: 24 })
  .map((characters) => characters.join(''))
  .filter((text) => !text.includes(','));
const time = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .chain((date) => {
    const iso = date.toISOString();
    return fc.constantFrom(
      iso,
      iso.slice(0, 10),
      iso.slice(0, 16),
      iso.slice(0, 19).replace('T', ' '),
    );
  });

test.each([null, '.', ','] as const)(
  'what the automaton says of a plain text is what the rules say, with the decimal sign %s',
  (decimal) => {
    const rules: ShapeRules = { decimal, isGivenTime: null };
    const texts = fc.oneof(
      nearNumber,
      time,
      fc.integer().map(String),
      fc.double({ noNaN: true }).map(String),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { state, fits, traits, maxLength } = runTo(text, rules);
        if (text.length > (maxLength[state] ?? 0)) return;
        expect({ fits: fits[state], traits: traits[state] }).toEqual(toShape(text, rules));
      }),
      { numRuns: 2_000 },
    );
  },
);

test('the plain spellings have a short way', () => {
  const rules: ShapeRules = { decimal: null, isGivenTime: null };
  const plain = ['0', '1', '42', '-7', '123456789012345', '0.5', '-12.25', '1e5', '2024-01-31'];
  for (const text of [...plain, '2024-01-31 10:00', '2024-01-31T10:00:00.123Z']) {
    const { state, maxLength } = runTo(text, rules);
    expect(maxLength[state], text).toBeGreaterThanOrEqual(text.length);
  }
});

test('a text that means a missing value has none', () => {
  const rules: ShapeRules = { decimal: null, isGivenTime: null };
  const { state, maxLength } = runTo('-999', rules, new Set(['-999']));
  expect(maxLength[state]).toBe(0);
});
