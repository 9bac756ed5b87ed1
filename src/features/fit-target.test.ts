import { describe, expect, it } from 'vitest';
import type { TargetPlan } from '../contract/feature-plan.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { RawRow } from './column-table.js';
import { fitTarget } from './fit-target.js';
import { toColumn } from './testdata/to-table.js';

function fitValues(values: readonly RawRow[string][], task: Task | null = null, name = 'y') {
  return fitTarget(name, toColumn(name, values), { task, transform: 'auto' });
}

function invalid(message: string) {
  return expect.objectContaining({
    code: 'target-invalid',
    message: `cannot learn to predict ${message}`,
  });
}

describe('fitTarget of classes', () => {
  it('sorts text classes by code units and stores their shares', () => {
    expect(fitValues(['b', 'a', null, 'b', 'C'])).toEqual({
      task: 'classification',
      name: 'y',
      labelKind: 'text',
      classes: ['C', 'a', 'b'],
      priors: [0.25, 0.25, 0.5],
    });
  });

  it('sorts booleans false first, also when numbers were expected to be a class', () => {
    const expected = { labelKind: 'boolean', classes: ['false', 'true'], priors: [1 / 3, 2 / 3] };
    expect(fitValues([true, false, true])).toMatchObject(expected);
    expect(fitValues([true, false, true], 'classification')).toMatchObject(expected);
  });

  it('sorts few whole numbers by their size', () => {
    const target = fitValues([10, 9, -1, 9]);
    expect(target).toMatchObject({ labelKind: 'number', classes: ['-1', '9', '10'] });
  });

  it('takes any numbers for classes when told so', () => {
    const target = fitValues([0.5, 1.5, 0.5], 'classification');
    expect(target).toMatchObject({ labelKind: 'number', classes: ['0.5', '1.5'] });
  });

  it('refuses more than 1000 classes', () => {
    const names = Array.from({ length: 1001 }, (_, index) => `name ${index}`);
    expect(() => fitValues(names)).toThrow(
      invalid('y: it has 1001 classes, but at most 1000 are possible'),
    );
  });
});

describe('fitTarget of numbers', () => {
  it('stores scale, range and averages of the train part', () => {
    const target = fitValues([0.5, 1, null, 3.5, 3]);
    expect(target).toMatchObject({
      task: 'regression',
      transform: 'none',
      mean: 2,
      min: 0.5,
      max: 3.5,
    });
    expect(target).toMatchObject({ trainMean: 2, trainMedian: 2 });
  });

  it('takes the logarithm of a skewed target, with averages in original units', () => {
    const values = [0.001, 0.01, 0.1, 1, 10, 100, 1000];
    const target = fitValues(values);
    expect(target).toMatchObject({ transform: 'log', min: 0.001, max: 1000, trainMedian: 1 });
    const mean = values.reduce((sum, value) => sum + value, 0) / 7;
    expect(target.task === 'regression' && target.trainMean).toBeCloseTo(mean, 12);
  });

  it('takes few whole numbers for quantities when told so', () => {
    expect(fitValues([1, 2, 3], 'regression').task).toBe('regression');
  });

  it('refuses numbers that are too close to tell apart', () => {
    const message = 'y: it varies less than numbers can be told apart';
    expect(() => fitValues([0, 0, 0, 0, 5e-324], 'regression')).toThrow(invalid(message));
  });
});

describe('fitTarget with a transform', () => {
  const fitWith = (values: readonly RawRow[string][], transform: TargetPlan['transform']) =>
    fitTarget('y', toColumn('y', values), { task: 'regression', transform });

  it('takes the plan at its word', () => {
    const skewed = [0.001, 0.01, 0.1, 1, 10, 100, 1000];
    expect(fitWith(skewed, 'none')).toMatchObject({ transform: 'none', knots: null });
    expect(fitWith([0, 1, 4, 9], 'sqrt')).toMatchObject({ mean: 1.5, scale: Math.sqrt(1.25) });
    expect(fitWith([0, 1, 4, 9], 'log1p')).toMatchObject({ transform: 'log1p', knots: null });
    expect(fitWith([1, 2, 4, 9], 'quantile')).toMatchObject({ knots: { values: [1, 2, 4, 9] } });
  });

  it.each([
    ['log', 0],
    ['log1p', -1],
    ['sqrt', -0.5],
  ] as const)('refuses values that have no %s', (transform, value) => {
    expect(() => fitWith([value, 1, 2], transform)).toThrow(
      expect.objectContaining({
        code: 'target-invalid',
        message: expect.stringContaining(`it has the value ${value}, which has no ${transform};`),
      }),
    );
  });

  it('refuses to transform classes', () => {
    const column = toColumn('y', ['a', 'b']);
    expect(() => fitTarget('y', column, { task: null, transform: 'log' })).toThrow(
      invalid('y: it has classes, which take no transform; remove features.target.transform'),
    );
  });
});

describe('fitTarget', () => {
  it.each([null, 'classification', 'regression'] as const)('refuses dates (task %s)', (task) => {
    expect(() => fitValues(['2026-01-01', '2026-01-02'], task, 'soldAt')).toThrow(
      invalid(
        'soldAt: it holds dates, which cannot be predicted; derive a number in the transform',
      ),
    );
  });

  it('refuses a target without values, or with one value only', () => {
    expect(() => fitValues([null, null])).toThrow(invalid('y: it has no values in the train part'));
    expect(() => fitValues(['a', null, 'a'])).toThrow(
      invalid('y: it has one value only in the train part (a), so there is nothing to learn'),
    );
    expect(() => fitValues([2, 2], 'regression')).toThrow(/one value only/);
  });

  it('refuses a regression of texts and booleans', () => {
    expect(() => fitValues(['a', 'b'], 'regression')).toThrow(
      invalid('y: it holds text values, but a regression needs numbers'),
    );
    expect(() => fitValues([true, false], 'regression')).toThrow(/holds boolean values/);
  });
});
