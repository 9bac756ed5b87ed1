import { toTableOnFail } from './check-class-fraction.js';
import type { CheckPlan } from './check-plan.js';
import type { CheckSubject, CompiledCheck } from './compiled-check.js';
import { describeAge } from './describe-age.js';

/** The newest time of a column is not older than the given age. */
export function compileFreshness(
  { freshness }: CheckPlan,
  subjects: readonly CheckSubject[],
): CompiledCheck | null {
  const subject = subjects.find(({ name }) => name === freshness?.column);
  if (freshness === null || subject === undefined) return null;
  const { maxAgeMs, nowMs, onFail } = freshness;
  const { name, sql, kind } = subject;
  const isTime = kind === 'datetime';
  const limit = `at most ${describeAge(maxAgeMs)} old`;
  return {
    name: `${name}: freshness`,
    column: name,
    onFail: toTableOnFail(onFail),
    sensitive: false,
    limit,
    aggregates: [isTime ? `(epoch_us(max(${sql})::TIMESTAMP) / 1000.0)` : 'NULL::DOUBLE'],
    rowFault: null,
    judge: ([newest]) => {
      if (newest == null) {
        const what = isTime ? 'the column holds no time' : `the column is ${kind}, not datetime`;
        const finding = `${what}, so nothing says how old the data is; name a column with times under validate.freshness.column`;
        return { passed: false, observed: null, affectedRows: 0, finding };
      }
      const ageMs = nowMs - Number(newest);
      return {
        passed: ageMs <= maxAgeMs,
        observed: new Date(Number(newest)).toISOString(),
        affectedRows: 0,
        finding:
          `the newest row is of ${new Date(Number(newest)).toISOString()}, ${describeAge(Math.max(0, ageMs))} ago, and may be ` +
          `${limit}; provide newer data, or raise validate.freshness.maxAge`,
      };
    },
  };
}
