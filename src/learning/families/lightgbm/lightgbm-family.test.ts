import { expect, test } from 'vitest';
import { validateParameters } from '../../../tuning/validate-parameters.js';
import type { DatasetTraits } from '../../family.js';
import { lightgbmFamily } from './lightgbm-family.js';

const traits = [100, 5_000, 1_000_000].flatMap((trainRows): DatasetTraits[] => [
  {
    ...{ task: 'regression', classCount: null, trainRows, width: 9 },
    ...{ loss: { kind: 'squared' }, objective: 'rmse' },
  },
  {
    ...{ task: 'classification', classCount: 3, trainRows, width: 9 },
    ...{ loss: { kind: 'cross-entropy' }, objective: 'logLoss' },
  },
]);

test.each(traits)('defaults for $trainRows rows of $task lie in the search space', (question) => {
  const { searchSpace, defaultParameters, acceptedParameters } = lightgbmFamily;
  expect(validateParameters(searchSpace(question), defaultParameters(question))).toEqual([]);
  for (const end of ['low', 'high'] as const) {
    const corner = searchSpace(question).map((range) => [
      range.name,
      range.kind === 'categorical' ? range.choices[0] : range[end],
    ]);
    expect(validateParameters(acceptedParameters, Object.fromEntries(corner))).toEqual([]);
  }
});

test('more rows, classes and iterations take longer', () => {
  const [few, many] = [traits[0] as DatasetTraits, traits[5] as DatasetTraits];
  const seconds = (question: DatasetTraits, epochs: number): number =>
    lightgbmFamily.estimateSeconds(question, lightgbmFamily.defaultParameters(question), epochs);
  expect(seconds(many, 100)).toBeGreaterThan(seconds(few, 100));
  expect(seconds(few, 200)).toBeGreaterThan(seconds(few, 100));
});
