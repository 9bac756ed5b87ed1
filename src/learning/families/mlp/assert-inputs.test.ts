import { expect, test } from 'vitest';
import type { CategoryEncoding } from '../../../features/feature-program.js';
import { assertMlpInputs } from './assert-inputs.js';

const category = (name: string, values: CategoryEncoding['values']): CategoryEncoding => ({
  ...{ kind: 'category', name, column: 'text', missing: false },
  ...{ levels: ['a', 'b'], fill: null, values },
});

test('positions in a table of vectors are refused, column by column', () => {
  const columns = [
    category('zip', { encode: 'index' }),
    category('island', { encode: 'one-hot', other: false }),
  ];
  expect(() => assertMlpInputs({ columns })).toThrow(/encode: index of zip is for/);
  expect(() => assertMlpInputs({ columns: columns.slice(1) })).not.toThrow();
});
