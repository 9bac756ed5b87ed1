import { expect, test } from 'vitest';
import { toCsvRecord } from './csv-record.js';

test('missing values and empty texts are told apart, and integers are exact', () => {
  expect(toCsvRecord([1, 9_007_199_254_740_993n, null, '', 0.1])).toBe(
    '1,9007199254740993,,"",0.1\n',
  );
});

test('texts with separators, quotes or line ends are quoted', () => {
  expect(toCsvRecord(['a,b', 'say "hi"', 'two\nlines', ' x '])).toBe(
    '"a,b","say ""hi""","two\nlines", x \n',
  );
});
