import { expect, test } from 'vitest';
import type { CategoryEncoding, NumberEncoding } from '../features/feature-program.js';
import { assertModelInputs } from './assert-model-inputs.js';

const zip: CategoryEncoding = {
  ...{ kind: 'category', name: 'zip', column: 'text', missing: false },
  ...{ levels: ['1', '2'], fill: null, values: { encode: 'index' } },
};
const size: NumberEncoding = {
  ...{ kind: 'number', name: 'size', column: 'number', missing: false },
  value: { fill: null, clip: null, scale: { method: 'none' } },
};

test('lightgbm reads levels by their number, and missing numbers', () => {
  expect(() => assertModelInputs('lightgbm', { columns: [zip, size] })).not.toThrow();
});

test('networks with embeddings read levels by their number', () => {
  expect(() => assertModelInputs('realmlp', { columns: [zip] })).not.toThrow();
});

test('every column that a model cannot read is named with what to do', () => {
  expect(() => assertModelInputs('linear', { columns: [zip, size] })).toThrow(
    expect.objectContaining({
      code: 'pipeline-invalid',
      message:
        'Preparing features for linear: zip is encoded as an index, which linear cannot read; take one-hot, target or ' +
        'frequency; missing values of size stay missing, which linear cannot read; take impute: median, or mean.',
      problems: [
        expect.objectContaining({ path: 'features.columns.zip.encode' }),
        expect.objectContaining({ path: 'features.columns.size.impute' }),
      ],
    }),
  );
});

test('a number that is filled is for every model', () => {
  const filled: NumberEncoding = {
    ...size,
    value: { fill: 1, clip: null, scale: { method: 'none' } },
  };
  expect(() => assertModelInputs('linear', { columns: [filled] })).not.toThrow();
});
