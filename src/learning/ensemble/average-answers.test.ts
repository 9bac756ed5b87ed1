import { expect, test } from 'vitest';
import { averageAnswers } from './average-answers.js';

test('answers are averaged value by value by their weights', () => {
  const answers = [Float32Array.of(1, 2, 3), Float32Array.of(5, 6, 7)];
  expect(averageAnswers(answers, [0.25, 0.75])).toEqual(Float32Array.of(4, 5, 6));
});

test('a model of weight 1 answers with its own bits', () => {
  const own = Float32Array.of(0.1, 1 / 3, 1e-30);
  expect(averageAnswers([own, Float32Array.of(9, 9, 9)], [1, 0])).toEqual(own);
});

test('what a model without weight answers does not matter, not even NaN', () => {
  const answers = [Float32Array.of(Number.NaN), Float32Array.of(2)];
  expect(averageAnswers(answers, [0, 1])).toEqual(Float32Array.of(2));
});
