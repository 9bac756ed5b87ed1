import { toTableOnFail } from './check-class-fraction.js';
import type { CheckPlan } from './check-plan.js';
import type { CompiledCheck } from './compiled-check.js';

/** The table has as many rows as it should. */
export function compileRows({ rows: plan }: CheckPlan, rows: number): CompiledCheck | null {
  if (plan === null || (plan.min === null && plan.max === null)) return null;
  const { min, max, onFail } = plan;
  const limit =
    min === null ? `at most ${max}` : max === null ? `at least ${min}` : `${min} to ${max}`;
  return {
    name: 'rows',
    column: null,
    onFail: toTableOnFail(onFail),
    sensitive: false,
    limit,
    aggregates: [],
    rowFault: null,
    judge: () => ({
      passed: rows >= (min ?? 0) && rows <= (max ?? Number.POSITIVE_INFINITY),
      observed: rows,
      affectedRows: 0,
      finding: `the table has ${rows} rows instead of ${limit}; look whether the source is complete, or change validate.rows`,
    }),
  };
}
