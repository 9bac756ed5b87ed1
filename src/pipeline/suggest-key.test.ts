import { expect, test } from 'vitest';
import { suggestKey } from './suggest-key.js';

test.each([
  ['trails', 'trials'],
  ['SEED', 'seed'],
  ['paralel', 'parallel'],
  ['epoch', 'epochs'],
])('%s is taken for %s', (found, meant) => {
  expect(suggestKey(found, ['epochs', 'parallel', 'seed', 'trials'])).toBe(meant);
});

test('a word that is near to nothing gets no suggestion', () => {
  expect(suggestKey('learningRate', ['trials', 'seed'])).toBeNull();
  expect(suggestKey('x', [])).toBeNull();
});
