import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { parsePipelineObject } from './parse-pipeline-object.js';

test('a value is checked like a file, with paths in place of lines', () => {
  const value = { name: 'p', source: 'a.csv', target: 'y', tune: { trails: 3 }, ignore: ['a', 1] };
  let thrown: unknown;
  try {
    parsePipelineObject(value);
  } catch (error) {
    thrown = error;
  }

  expect(thrown).toBeInstanceOf(RecetaError);
  expect(thrown).toMatchObject({
    code: 'pipeline-invalid',
    message: 'The pipeline has 2 problems',
    problems: [
      {
        path: 'tune.trails',
        message: 'tune.trails is not a known key; did you mean tune.trials?',
      },
      { path: 'ignore[1]', message: 'ignore[1] is 1, wanted the name of a column' },
    ],
  });
});

test('a value that is right gets the same defaults as a file', () => {
  const file = parsePipelineObject({ name: 'p', source: 'a.csv', target: 'y' });

  expect(file.tune).toEqual({
    ...{ trials: 8, parallel: 2, seed: 0, space: {}, sampler: 'auto', pruner: 'none' },
  });
  expect(file.deploy).toEqual({ alias: 'champion' });
});
