// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of queries are written so
import { expect, test } from 'vitest';
import type { TransformDatasetInput } from '../contract/activities.js';
import { noExpectation } from '../contract/no-expectation.js';
import type { ColumnExpectation } from '../contract/pipeline-plan.js';
import { toTransformParameters } from './transform-parameters.js';

const expectation: ColumnExpectation = { ...noExpectation, maxNullFraction: 0.1 };

const input: TransformDatasetInput = {
  runId: 'run',
  pipeline: 'pipeline',
  cache: { recomputeFrom: null },
  tables: {},
  queries: [{ name: 'result', sql: 'SELECT * FROM source WHERE x > ${params.minimum}' }],
  params: { minimum: 1, month: '2019-03' },
  derive: [],
  target: 'y',
  validate: {
    rows: { min: 1, max: null, onFail: 'stop' },
    columns: { made: expectation, raw: expectation },
    freshness: { column: 'raw', maxAgeMs: 5, onFail: 'warn' },
    leakage: 'stop',
  },
  checkedColumns: ['raw'],
  limits: {
    heartbeatTimeoutMs: 1,
    sourceMaxBytes: 1,
    sqlDeadlineMs: 1,
    sqlMemoryBytes: 1,
    trainDeadlineMs: 1,
    trainMemoryBytes: 1,
  },
};
const { validate } = input;
const { columns } = validate;

const before = toTransformParameters(input);
const after = (change: Partial<TransformDatasetInput>) =>
  toTransformParameters({ ...input, ...change });

test.each<[string, Partial<TransformDatasetInput>]>([
  ['a query', { queries: [{ name: 'result', sql: 'SELECT 1 AS x' }] }],
  ['the name of a query', { queries: [{ ...input.queries[0], name: 'other' } as never] }],
  ['a parameter that a query names', { params: { ...input.params, minimum: 2 } }],
  ['the type of such a parameter', { params: { ...input.params, minimum: '1' } }],
  ['a derived column', { derive: [{ name: 'd', expression: 'x + 1' }] }],
  ['the rows that are wanted', { validate: { ...validate, rows: { ...validate.rows, min: 2 } } }],
  [
    'what is expected of a new column',
    { validate: { ...validate, columns: { ...columns, made: { ...expectation, unique: true } } } },
  ],
  [
    'whether values may be shown',
    {
      validate: { ...validate, columns: { ...columns, raw: { ...expectation, sensitive: true } } },
    },
  ],
  ['what was checked before', { checkedColumns: [] }],
])('%s decides the result', (_name, change) => {
  expect(after(change)).not.toEqual(before);
});

test('the target decides it where columns are derived, which may not read it', () => {
  const derive = [{ name: 'd', expression: 'x + 1' }];
  expect(after({ derive, target: 'z' })).not.toEqual(after({ derive }));
});

test.each<[string, Partial<TransformDatasetInput>]>([
  ['the run', { runId: 'another', pipeline: 'renamed', cache: { recomputeFrom: 'transform' } }],
  ['a parameter that no query names', { params: { ...input.params, month: '2019-04' } }],
  ['the target without derived columns', { target: 'z' }],
  [
    'what is expected of a column that was checked before',
    { validate: { ...validate, columns: { ...columns, raw: { ...expectation, min: 3 } } } },
  ],
  ['freshness that was checked before', { validate: { ...validate, freshness: null } }],
  ['checks of leaks', { validate: { ...validate, leakage: 'off' } }],
])('%s does not', (_name, change) => {
  expect(after(change)).toEqual(before);
});
