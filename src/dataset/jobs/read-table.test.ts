import { describe, expect, test } from 'vitest';
import { engine, failureOf, limits, toTable } from '../testdata/engine-surroundings.js';

describe('readTable', () => {
  test('columns become typed arrays: missing is NaN or code -1, levels in order of appearance', async () => {
    const path = await toTable(
      'n,flag,moment,label\n1.5,true,2024-01-31T00:00:00.25Z,b\n,,,\n-2,false,1969-12-31T23:59:59Z,a\n3,true,2024-01-31,b\n',
    );
    const table = await engine.readTable({ path }, limits);
    expect(table.rowCount).toBe(4);
    expect(Object.fromEntries(table.columns)).toEqual({
      n: { kind: 'number', values: new Float64Array([1.5, Number.NaN, -2, 3]) },
      flag: { kind: 'boolean', values: new Float64Array([1, Number.NaN, 0, 1]) },
      moment: {
        kind: 'datetime',
        values: new Float64Array([1706659200.25, Number.NaN, -1, 1706659200]),
      },
      label: { kind: 'text', codes: new Int32Array([0, -1, 1, 0]), levels: ['b', 'a'] },
    });
  });

  test('rows beyond one chunk keep their order and named columns are read alone', async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, id) => `${id},${id % 3 === 0 ? '' : `v${id % 7}`}`,
    );
    const path = await toTable(`id,v\n${lines.join('\n')}\n`);
    const table = await engine.readTable({ path, columns: ['v', 'id'] }, limits);
    expect([...table.columns.keys()]).toEqual(['v', 'id']);
    const ids = table.columns.get('id');
    const texts = table.columns.get('v');
    if (ids?.kind !== 'number' || texts?.kind !== 'text') throw new Error('unexpected kinds');
    expect(ids.values).toEqual(Float64Array.from({ length: 5_000 }, (_, id) => id));
    const expected = lines.map((line) => line.split(',')[1] || undefined);
    expect([...texts.codes].map((code) => texts.levels[code])).toEqual(expected);
  });

  test('only rows that a condition holds for are read, with their own levels', async () => {
    const path = await toTable('id,v\n1,a\n2,b\n3,b\n4,c\n');
    const table = await engine.readTable({ path, where: 'id BETWEEN 2 AND 3' }, limits);
    expect(Object.fromEntries(table.columns)).toEqual({
      id: { kind: 'number', values: Float64Array.of(2, 3) },
      v: { kind: 'text', codes: Int32Array.of(0, 0), levels: ['b'] },
    });
  });

  test('a column that is not there is named', async () => {
    const error = await failureOf(
      engine.readTable({ path: await toTable('a\n1\n'), columns: ['b'] }, limits),
    );
    expect(error).toMatchObject({ code: 'dataset-invalid' });
    expect(error.message).toContain("no column 'b'");
  });
});

test('sampled dates and times are ISO 8601 in UTC', async () => {
  const path = await toTable(
    'day,moment,fine\n2024-01-31,2024-01-31 10:00:00+02:00,2024-01-31T10:00:00.123456Z\n',
  );
  expect(await engine.sampleRows({ path, count: 1 }, limits)).toEqual([
    { day: '2024-01-31', moment: '2024-01-31T08:00:00Z', fine: '2024-01-31T10:00:00.123456Z' },
  ]);
});

test('sampled rows hold the asked columns alone, in the asked order', async () => {
  const path = await toTable('a,b,c\n1,x,true\n2,y,false\n');
  expect(await engine.sampleRows({ path, columns: ['c', 'a'], count: 1 }, limits)).toEqual([
    { c: true, a: 1 },
  ]);
});
