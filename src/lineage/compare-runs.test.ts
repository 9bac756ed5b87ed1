import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare-runs.js';
import { createRunFacts, createTaxiPlan, testRef } from './testdata/create-run-facts.js';

describe('compareRuns', () => {
  it('finds nothing different between a run and its equal', () => {
    const { pipeline, data, code, metrics } = compareRuns(createRunFacts(), createRunFacts());
    const rows = [...pipeline, ...data, ...code, ...metrics];
    expect(rows.filter(({ isEqual }) => !isEqual)).toEqual([]);
    expect([pipeline, data, code, metrics].every((section) => section.length > 0)).toBe(true);
  });

  it('puts what differs first, in the words of the pipeline file', () => {
    const plan = createTaxiPlan({
      params: { month: '2019-04' },
      transform: [{ name: 'result', sql: 'SELECT 1' }],
      target: 'tip',
    });
    const { pipeline } = compareRuns(createRunFacts(), createRunFacts({ plan }));
    expect(pipeline.filter(({ isEqual }) => !isEqual)).toEqual([
      { name: 'params.month', a: '2019-03', b: '2019-04', isEqual: false },
      { name: 'target', a: 'fare', b: 'tip', isEqual: false },
      { name: 'transform', a: 'SELECT * FROM trips', b: 'SELECT 1', isEqual: false },
    ]);
    expect(pipeline.slice(3).every(({ isEqual }) => isEqual)).toBe(true);
  });

  it('compares what the file means, not how it was written', () => {
    const plan = createTaxiPlan({ file: testRef('the same with comments') });
    const { pipeline } = compareRuns(createRunFacts(), createRunFacts({ plan }));
    expect(pipeline.every(({ isEqual }) => isEqual)).toBe(true);
  });

  it('compares files by digest, code by module, and metrics as numbers', () => {
    const other = createRunFacts(
      { metrics: { rmse: 1.5 } },
      {
        manifest: {
          format: 'receta-dataset/1',
          sources: {
            trips: [{ name: 'trips.csv', artifact: testRef('new trips'), columns: null }],
          },
        },
        keyParts: [
          {
            format: 'receta-key/1',
            step: 'prepare',
            part: null,
            inputs: {},
            parameters: {},
            code: { 'features/fit-column.ts': 'cc', 'npm:@duckdb/node-api': 'bb' },
          },
        ],
      },
    );
    const diff = compareRuns(createRunFacts(), other);
    expect(diff.data).toEqual([
      {
        name: 'trips: trips.csv',
        a: testRef('trips').sha256,
        b: testRef('new trips').sha256,
        isEqual: false,
      },
    ]);
    expect(diff.code[0]).toEqual({
      name: 'features/fit-column.ts',
      a: 'aa',
      b: 'cc',
      isEqual: false,
    });
    expect(diff.code.find(({ name }) => name === 'platform: node')?.isEqual).toBe(true);
    expect(diff.metrics).toEqual([
      { name: 'r2', a: 0.9, b: null, isEqual: false },
      { name: 'rmse', a: 2, b: 1.5, isEqual: false },
    ]);
  });
});
