import { expect, test } from 'vitest';
import { decodeColumns, encodeColumns } from './columns-file.js';

test('a table survives the way through the file, missing values and odd names included', () => {
  const table = {
    rowCount: 3,
    columns: new Map([
      ['__proto__', { kind: 'number', values: new Float64Array([1.5, Number.NaN, -0]) }],
      ['when "it" was', { kind: 'datetime', values: new Float64Array([0, 1e9, Number.NaN]) }],
      ['flag', { kind: 'boolean', values: new Float64Array([0, 1, Number.NaN]) }],
      ['größe', { kind: 'text', codes: new Int32Array([0, -1, 1]), levels: ['a', 'b\n'] }],
    ] as const),
  };
  expect(decodeColumns(encodeColumns(table))).toEqual(table);
});
