import { expect, test } from 'vitest';
import { validateParameters } from '../../../tuning/validate-parameters.js';
import { buildNetwork } from './build-network.js';
import { defaultParameters } from './default-parameters.js';
import { parseMlpParameters } from './parse-parameters.js';
import { searchSpace } from './search-space.js';

const traits = [100, 3_000, 10_000, 35_000, 200_000, 3_000_000].flatMap((trainRows) =>
  (['classification', 'regression'] as const).map((task) => ({ task, trainRows })),
);

test.each(traits)(
  'the defaults for $trainRows rows of $task lie in the search space',
  (dataset) => {
    expect(validateParameters(searchSpace(dataset), defaultParameters(dataset))).toEqual([]);
  },
);

test.each(traits)('every corner of the space for $trainRows rows is accepted', (dataset) => {
  for (const end of ['low', 'high'] as const) {
    const corner = searchSpace(dataset).map((range) => {
      const value = range.kind === 'categorical' ? range.choices[0] : range[end];
      return [range.name, value as number] as const;
    });
    expect(() => parseMlpParameters(Object.fromEntries(corner))).not.toThrow();
  }
});

test('wrong parameters are all named at once', () => {
  const { width: _, ...rest } = defaultParameters({ task: 'regression', trainRows: 100 });
  const act = () => parseMlpParameters({ ...rest, layers: 1.5, dropout: 1, colour: 'red' });
  expect(act).toThrow(
    expect.objectContaining({
      code: 'pipeline-invalid',
      problems: ['layers', 'width', 'dropout', 'colour'].map((path) =>
        expect.objectContaining({ path }),
      ),
    }),
  );
});

test('a classifier ends in softmax over its classes', () => {
  const shape = { layers: 2, width: 8, dropout: 0.25 };
  expect(buildNetwork(shape, { inputWidth: 5, classCount: 3 })).toEqual({
    inputWidth: 5,
    layers: [
      { kind: 'dense', units: 8, activation: 'relu' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'dense', units: 8, activation: 'relu' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  });
});

test('a regressor ends in one linear unit, and no dropout means no dropout layer', () => {
  const shape = { layers: 1, width: 8, dropout: 0 };
  expect(buildNetwork(shape, { inputWidth: 5, classCount: null }).layers).toEqual([
    { kind: 'dense', units: 8, activation: 'relu' },
    { kind: 'dense', units: 1, activation: 'linear' },
  ]);
});
