import { expect, test } from 'vitest';
import { describeReadFailure } from './describe-read-failure.js';

test.each([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EMFILE', 'EMFILE'],
])('%s is said as: %s', (code, reason) => {
  expect(describeReadFailure(Object.assign(new Error('refused'), { code }))).toBe(reason);
});

test('a failure without a code is said in its own words', () => {
  expect(describeReadFailure(new Error('the file is too large'))).toBe('the file is too large');
});
