import { expect, test } from 'vitest';
import { openReadOptions } from '../contract/open-read-options.js';
import type { SourcePlan } from '../contract/pipeline-plan.js';
import { createPlan } from '../contract/testdata/create-plan.js';
import { parsePipelineFile } from './parse-pipeline-file.js';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { fullPipeline } from './testdata/full-pipeline.js';
import { toPlan } from './to-plan.js';

const source: SourcePlan = {
  location: { kind: 'path', paths: ['a.csv'] },
  read: openReadOptions,
  sha256: null,
};
const parts = { sources: { source }, params: {}, file: null, fixedRows: null };

test('a plan spells out what the file left open', () => {
  const file = parsePipelineObject({ name: 'p', source: 'a.csv', target: 'y' });

  expect(toPlan(file, parts)).toEqual(
    createPlan({
      name: 'p',
      sources: { source },
      target: 'y',
      models: 'auto',
      learning: { loss: null, objective: null, classWeights: 'none' },
      tune: {
        ...{ trials: 8, minutes: null, noImprovement: null, parallel: 2, seed: 0 },
        ...{ sampler: 'auto', order: { kind: 'arrival' }, pruner: { kind: 'none' } },
        ...{ rescore: 0, epochs: null, space: [] },
      },
      train: { epochs: null, ensemble: true, bagging: true, calibration: 'auto' },
    }),
  );
});

test('a single query makes the result', () => {
  const file = parsePipelineObject({ name: 'p', source: 'a', target: 'y', transform: 'SELECT 1' });

  expect(toPlan(file, parts).transform).toEqual([{ name: 'result', sql: 'SELECT 1' }]);
});

test('queries keep their order and their placeholders, and the values go beside them', () => {
  const file = parsePipelineFile(fullPipeline, { fileName: 'p.yaml' });
  const plan = toPlan(file, { ...parts, params: { minimum: 0.7 } });

  expect(plan.params).toEqual({ minimum: 0.7 });
  expect(plan.transform).toEqual([
    {
      name: 'clean',
      sql: `SELECT * FROM trips WHERE distance > \${params.minimum} OR NOT \${params.strict}`,
    },
    { name: 'joined', sql: 'SELECT * FROM clean JOIN zones USING (zone)' },
  ]);
  expect(plan.derive).toEqual([{ name: 'hour', expression: 'hour(pickup)' }]);
  expect(plan.gates).toEqual([
    { metric: 'r2', min: 0.9, max: null },
    { metric: 'rmse', min: 0, max: 900.5 },
  ]);
});

test.each([
  [{}, null],
  [{ loss: 'absolute' }, { kind: 'absolute' }],
  [{ loss: 'huber' }, { kind: 'huber', delta: 1 }],
  [
    { loss: 'huber', delta: 0.5 },
    { kind: 'huber', delta: 0.5 },
  ],
  [
    { loss: 'quantile', quantile: 0.9 },
    { kind: 'quantile', alpha: 0.9 },
  ],
])('the loss of %j is %j', (learning, loss) => {
  const file = parsePipelineObject({ name: 'p', source: 'a', target: 'y', learning });

  expect(toPlan(file, parts).learning.loss).toEqual(loss);
});

test('one model is a list of one', () => {
  const file = parsePipelineObject({ name: 'p', source: 'a', target: 'y', models: 'tabm' });

  expect(toPlan(file, parts).models).toEqual(['tabm']);
});

test('a plan survives the way through JSON', () => {
  const plan = toPlan(parsePipelineFile(fullPipeline, { fileName: 'p.yaml' }), parts);

  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});
