import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toPipelineJsonSchema } from './pipeline-json-schema.js';
import { describePipelineKeys } from './pipeline-reference.js';
import { fullPipeline } from './testdata/full-pipeline.js';

test('every key is documented with its type, default and meaning', () => {
  const rows = describePipelineKeys();

  expect(rows.filter(({ meaning }) => meaning === '')).toEqual([]);
  expect(rows.find(({ key }) => key === 'tune.trials')).toEqual({
    key: 'tune.trials',
    type: 'whole number, 1 to 10000',
    default: '8',
    required: false,
    meaning: 'How many settings to try',
  });
  expect(rows.filter(({ required }) => required).map(({ key }) => key)).toEqual([
    'name',
    'validate.freshness.column',
    'validate.freshness.maxAge',
    'target',
    'split.rows.test',
    'split.rows.validation',
    'tune.pruner.kind',
    'tune.space.<path>.low',
    'tune.space.<path>.high',
  ]);
  expect(rows.map(({ key }) => key)).toContain('gates.<metric>.min');
});

test('the JSON Schema accepts the smallest and a full pipeline and refuses an unknown key', () => {
  const validate = new Ajv2020.default({ strict: false }).compile(toPipelineJsonSchema());
  const smallest = { name: 'p', source: 'a.csv', target: 'y' };

  expect(validate(smallest)).toBe(true);
  expect(validate({ ...smallest, source: { path: 'a.csv' } })).toBe(true);
  expect(validate(parse(fullPipeline))).toBe(true);
  expect(validate({ ...smallest, trails: 3 })).toBe(false);
  expect(validate({ ...smallest, tune: { trials: 0 } })).toBe(false);
});
