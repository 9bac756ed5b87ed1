import { expect, test } from 'vitest';
import { validateParameters } from '../../../tuning/validate-parameters.js';
import type { DatasetTraits } from '../../family.js';
import { linearFamily } from './linear-family.js';

const traits = [10, 3_000, 200_000, 30_000_000].map(
  (trainRows): DatasetTraits => ({
    ...{ task: 'regression', classCount: null, trainRows, width: 20 },
    ...{ loss: { kind: 'squared' }, objective: 'rmse' },
  }),
);

test.each(traits)('the defaults for $trainRows rows lie in the search space', (dataset) => {
  const space = linearFamily.searchSpace(dataset);
  expect(validateParameters(space, linearFamily.defaultParameters(dataset))).toEqual([]);
});

test('both ends of the search space are accepted', () => {
  for (const penalty of [1e-6, 1]) {
    expect(validateParameters(linearFamily.acceptedParameters, { penalty })).toEqual([]);
  }
  expect(validateParameters(linearFamily.acceptedParameters, { penalty: 0 })).toHaveLength(1);
});

test('more rows, features and classes take longer', () => {
  const [base] = traits as [DatasetTraits];
  const seconds = (changed: Partial<DatasetTraits>) =>
    linearFamily.estimateSeconds({ ...base, ...changed }, { penalty: 1 }, 1);
  expect(seconds({ trainRows: 100_000 })).toBeGreaterThan(seconds({}));
  expect(seconds({ width: 200 })).toBeGreaterThan(seconds({}));
  const loss = { kind: 'cross-entropy' } as const;
  expect(seconds({ classCount: 5, loss })).toBeGreaterThan(seconds({ classCount: 2, loss }));
});
