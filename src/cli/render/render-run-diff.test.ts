import pc from 'picocolors';
import { expect, it } from 'vitest';
import { renderRunDiff } from './render-run-diff.js';

it('shows what differs, counts what is equal, and shows all metrics', () => {
  const lines = renderRunDiff(
    {
      a: 'run-1',
      b: 'run-2',
      pipeline: [
        { name: 'params.month', a: '2019-03', b: '2019-04', isEqual: false },
        {
          name: 'transform',
          a: 'SELECT *\n  FROM trips',
          b: `SELECT ${'x, '.repeat(30)}y FROM trips`,
          isEqual: false,
        },
        { name: 'target', a: 'fare', b: 'fare', isEqual: true },
      ],
      data: [],
      code: [{ name: 'features/fit-column.ts', a: 'aa', b: 'aa', isEqual: true }],
      metrics: [
        { name: 'rmse', a: 2, b: null, isEqual: false },
        { name: 'r2', a: 0.98765, b: 0.98765, isEqual: true },
      ],
    },
    pc.createColors(false),
  );
  expect(lines).toEqual([
    'a  run-1',
    'b  run-2',
    '',
    'pipeline',
    '  name          a                    b',
    '  params.month  2019-03              2019-04',
    '  transform     SELECT * FROM trips  SELECT x, x, x, x, x, x, x, x, x, x, x,…',
    '  and 1 equal',
    '',
    'data',
    '  nothing to compare',
    '',
    'code',
    '  equal (1)',
    '',
    'metrics',
    '  name       a       b',
    '  rmse       2       -',
    '  r2    0.9877  0.9877',
  ]);
});
