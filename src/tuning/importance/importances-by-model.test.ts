import { expect, test } from 'vitest';
import type { FloatRange } from '../../contract/search-space.js';
import { importancesByModel, type StudiedTrial } from './importances-by-model.js';

const a: FloatRange = { kind: 'float', name: 'a', low: 0, high: 1 };
const b: FloatRange = { kind: 'float', name: 'b', low: 0, high: 1 };

/** The value of mlp's trials is `a`; those of linear are all the same. */
const trials = Array.from({ length: 80 }, (_, number): StudiedTrial => {
  const isMlp = number % 2 === 0;
  const parameters = { a: ((number * 7) % 80) / 80, b: ((number * 31) % 80) / 80 };
  return {
    ...{ number, parameters, value: isMlp ? parameters.a : -1 },
    model: isMlp ? 'mlp' : 'linear',
    state: number % 8 === 6 ? 'pruned' : 'complete',
  };
});

test('each model has importances of its own, from its own complete trials', () => {
  const [mlp, linear] = importancesByModel(
    [
      { model: 'mlp', space: [a, b] },
      { model: 'linear', space: [b] },
    ],
    trials,
  );
  expect(mlp?.trials).toBe(30);
  expect(mlp?.importances.map(({ parameter }) => parameter)).toEqual(['a', 'b']);
  expect(mlp?.importances[0]?.importance).toBeGreaterThan(0.8);
  expect(linear).toEqual({
    model: 'linear',
    trials: 40,
    importances: [{ parameter: 'b', importance: 0 }],
  });
});
