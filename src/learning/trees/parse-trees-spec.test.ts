import { expect, test } from 'vitest';
import { parseTreesSpec } from './parse-trees-spec.js';

const spec = { inputWidth: 3, outputs: 2, answer: 'sigmoid', iterations: 10 };

test('a spec is read as it was written, and nothing else of it', () => {
  expect(parseTreesSpec({ ...spec, color: 'red' })).toEqual(spec);
});

test.each([
  ['nothing', null],
  ['no iterations', { ...spec, iterations: 0 }],
  ['half an input', { ...spec, inputWidth: 1.5 }],
  ['an unknown answer', { ...spec, answer: 'cosine' }],
  ['one output of a logistic function', { ...spec, outputs: 1 }],
  ['two outputs of a softmax', { ...spec, answer: 'softmax' }],
  ['two outputs of a score', { ...spec, answer: 'identity' }],
])('a spec of %s is refused', (_, value) => {
  expect(() => parseTreesSpec(value)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
});
