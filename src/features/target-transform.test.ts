import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRegression } from './decode-regression.js';
import type { RegressionTarget, TargetTransform } from './feature-program.js';
import { fitFeatures } from './fit-features.js';
import { scaleTarget } from './scale-target.js';
import { targetTransforms } from './target-transform.js';
import { fitOptions, openPlan } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const smallest: Readonly<Record<TargetTransform, number>> = {
  none: -1e6,
  log: 1e-3,
  log1p: 0,
  sqrt: 0,
  quantile: -1e6,
};

function fitProgram(y: readonly number[], transform: TargetTransform) {
  const x = y.map((_, row) => row);
  const plan = { ...openPlan, target: { transform } };
  const options = fitOptions('y', { task: 'regression', plan });
  return fitFeatures(toTable({ x, y }), options).program;
}

describe.each(targetTransforms)('the target transform %s', (transform) => {
  const values = fc.double({ min: smallest[transform], max: 1e6, noNaN: true });
  const train = fc
    .array(values, { minLength: 3, maxLength: 40 })
    .filter((y) => Math.max(...y) - Math.min(...y) > 1e-3);

  it('is undone as exactly as 64 bits allow', () => {
    fc.assert(
      fc.property(train, (y) => {
        const program = fitProgram(y, transform);
        const target = program.target as RegressionTarget;
        const spread = Math.max(...y.map(Math.abs), 1);
        for (const value of y) {
          const decoded = decodeRegression(program, scaleTarget(target, value));
          expect(Math.abs(decoded - value)).toBeLessThanOrEqual(1e-11 * spread);
        }
      }),
    );
  });

  it('ascends, so that a higher answer never means a lower target', () => {
    const answers = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(train, answers, answers, (y, a, b) => {
        const program = fitProgram(y, transform);
        const low = decodeRegression(program, Math.min(a, b));
        expect(low).toBeLessThanOrEqual(decodeRegression(program, Math.max(a, b)));
      }),
    );
  });
});
