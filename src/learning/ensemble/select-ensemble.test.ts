import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageAnswers } from './average-answers.js';
import { selectEnsemble } from './select-ensemble.js';

const target = [1, 2, 3];

/** Mean square of the errors. */
function score(answers: Float32Array): number {
  return answers.reduce((sum, answer, row) => sum + (answer - (target[row] ?? 0)) ** 2, 0) / 3;
}

test('models whose errors cancel share the answer', async () => {
  const candidates = [
    Float32Array.of(9, 9, 9),
    Float32Array.of(2, 3, 4), // 1 too high
    Float32Array.of(-1, 0, 1), // 2 too low
  ];
  expect(await selectEnsemble(candidates, score)).toEqual({
    weights: [0, 2 / 3, 1 / 3],
    drawn: 3,
    value: 0,
    single: { index: 1, value: 1 },
  });
});

test('a perfect model stays alone', async () => {
  const candidates = [Float32Array.of(1, 2, 4), Float32Array.of(1, 2, 3)];
  expect(await selectEnsemble(candidates, score)).toEqual({
    weights: [0, 1],
    drawn: 1,
    value: 0,
    single: { index: 1, value: 0 },
  });
});

test('of equal models the first is chosen', async () => {
  const candidates = [Float32Array.of(1, 2, 4), Float32Array.of(1, 2, 4)];
  expect(await selectEnsemble(candidates, score)).toMatchObject({ weights: [1, 0], drawn: 1 });
});

test('the search ends after the rounds it was given', async () => {
  const candidates = [Float32Array.of(2, 3, 4), Float32Array.of(-1, 0, 1)];
  const selection = await selectEnsemble(candidates, score, { rounds: 2 });
  expect(selection).toMatchObject({ weights: [0.5, 0.5], drawn: 2, value: 0.25 });
});

test('a model whose answers cannot be judged is never chosen', async () => {
  const candidates = [Float32Array.of(Number.NaN, 2, 3), Float32Array.of(0, 0, 0)];
  expect(await selectEnsemble(candidates, score)).toMatchObject({ weights: [0, 1] });
  await expect(selectEnsemble(candidates.slice(0, 1), score)).rejects.toThrow(/none of 1 models/);
});

test('the process may breathe after every judgment of a candidate', async () => {
  let breaths = 0;
  const candidates = [Float32Array.of(2, 3, 4), Float32Array.of(0, 0, 0)];
  const breathe = async () => {
    breaths += 1;
  };
  await selectEnsemble(candidates, score, { rounds: 3, breathe });
  expect(breaths).toBe(6);
});

test('an ensemble never scores worse than its best model, and its value is that of its mean', async () => {
  const answers = fc.array(fc.float({ min: -4, max: 8, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 5 }), async (rows) => {
      const candidates = rows.map((row) => Float32Array.from(row));
      const { weights, value, single } = await selectEnsemble(candidates, score);
      expect(single.value).toBe(Math.min(...candidates.map(score)));
      expect(value).toBeLessThanOrEqual(single.value);
      expect(score(averageAnswers(candidates, weights))).toBe(value);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }),
  );
});
