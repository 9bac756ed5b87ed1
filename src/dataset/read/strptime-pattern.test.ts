import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteText } from '../sql/quote.js';
import { withSession } from '../testdata/engine-surroundings.js';
import { parseStrptimePattern } from './strptime-pattern.js';

test.each([
  ['%d.%m.%Y', '31.1.2024', true],
  ['%d.%m.%Y', '31.02.2024', false],
  ['%d.%m.%Y', '31/01/2024', false],
  ['%Y%m%d', '20240131', true],
  ['%Y%m%d', '20241301', false],
  ['%b %d %Y', 'Jan 31 2024', true],
  ['%B %d, %Y %I:%M %p', 'February 29, 2024 12:30 am', true],
  ['%Y-%m-%d %H:%M:%S.%f%z', '2024-01-31 23:59:59.5+02:00', true],
  ['%Y-%m-%d %H:%M', '2024-01-31 24:00', false],
  ['%d/%m/%y', '1/2/24', true],
])('by %s, %s: %s', (pattern, text, matches) => {
  expect(parseStrptimePattern(pattern).matches(text)).toBe(matches);
});

test('what a pattern lacks is refused', () => {
  expect(() => parseStrptimePattern('%H:%M')).toThrow('it has to name a year, a month and a day');
  expect(() => parseStrptimePattern('%Y-%m-%d %Q')).toThrow("'%Q' is not known");
});

test('what matches is what DuckDB reads', async () => {
  const patterns = ['%d.%m.%Y', '%Y%m%d', '%d/%m/%Y %H:%M', '%b %d %Y', '%m-%d-%Y %I:%M %p'];
  const texts = fc.stringMatching(
    /^[0-9]{1,4}[./ -]?(Jan|[0-9]{1,2})[./ -]?[0-9]{1,4}( [0-9]{1,2}:[0-9]{2}( PM)?)?$/,
  );
  const samples = [
    ...fc.sample(texts, { numRuns: 400, seed: 1 }),
    'Jan 31 2024',
    '1-31-2024 12:59 PM',
  ];
  await withSession(async (session) => {
    for (const pattern of patterns) {
      const known = parseStrptimePattern(pattern);
      const matching = samples.filter(known.matches);
      if (matching.length === 0) continue;
      const list = matching.map(quoteText).join(', ');
      const failed = await session.rows<{ text: string }>(
        `SELECT text FROM unnest([${list}]) t(text) WHERE try_strptime(text, ${quoteText(pattern)}) IS NULL`,
      );
      expect(failed).toEqual([]);
    }
  });
});
