import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { toPlan } from './to-plan.js';

test('a plan spells out what the file left open', () => {
  const file = parsePipelineObject({ name: 'p', source: 'a.csv', target: 'y' });
  const source = { kind: 'path', path: 'a.csv', sha256: null } as const;

  expect(toPlan(file, source)).toEqual({
    name: 'p',
    source,
    target: 'y',
    task: null,
    ignore: [],
    split: { train: 0.64, validation: 0.16, test: 0.2, seed: 0, key: [] },
    transform: null,
    tune: { trials: 8, parallel: 2, seed: 0, epochs: 20 },
    train: { epochs: 40 },
    gates: [],
    deploy: { alias: 'champion' },
  });
});

test('gates become a list in the order of the file', () => {
  const gates = { rmse: { max: 900 }, r2: { min: 0.9, max: 1 } };
  const file = parsePipelineObject({ name: 'p', source: 'a.csv', target: 'y', gates });
  const plan = toPlan(file, { kind: 'url', url: 'https://example.org/a.csv', sha256: null });

  expect(plan.gates).toEqual([
    { metric: 'rmse', min: null, max: 900 },
    { metric: 'r2', min: 0.9, max: 1 },
  ]);
});
