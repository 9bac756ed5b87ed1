import { expect, test } from 'vitest';
import { decodeRegression } from '../../features/decode-regression.js';
import type { FeatureProgram } from '../../features/feature-program.js';
import { fitFeatures } from '../../features/fit-features.js';
import { fitOptions } from '../../features/testdata/fit-options.js';
import { toTable } from '../../features/testdata/to-table.js';
import { createTargetConverter } from './convert-target.js';

function fitted(y: readonly (number | string)[]): FeatureProgram {
  const x = y.map((_, row) => row * row);
  return fitFeatures(toTable({ x, y }), fitOptions('y')).program;
}

const low = fitted([1.5, 2.25, 3.5, 4.5, 5.5, 6.5]);
const high = fitted([1.5, 20.5, 35.5, 41.5, 50.5, 60.5]);

test('an answer means the same number before and after', () => {
  const answers = Float32Array.of(-1, -0.25, 0, 0.5, 1);
  const converted = createTargetConverter(low, high)?.(answers);
  expect(converted).not.toBeNull();
  expect(Array.from(converted ?? [], (scaled) => decodeRegression(high, scaled))).toEqual(
    Array.from(answers, (scaled) => expect.closeTo(decodeRegression(low, scaled), 4)),
  );
});

test('equal scales and classes leave answers as they are', () => {
  expect(createTargetConverter(low, { ...low })).toBeNull();
  const classes = fitted(['u', 'v', 'u', 'v', 'u', 'v']);
  expect(createTargetConverter(classes, classes)).toBeNull();
});
