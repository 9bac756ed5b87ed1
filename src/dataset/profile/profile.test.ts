import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  engine,
  failureOf,
  limits,
  profileCsv,
  toTable,
  write,
} from './testdata/engine-surroundings.js';

describe('profile', () => {
  test('every column is counted and summarized', async () => {
    const profile = await profileCsv(
      'n,when,label,same\n1,2024-01-31,a,x\n2,2024-02-01,b,x\n,,a,x\n4,2024-01-31,,x\n1,2024-01-31,a,x\n',
    );
    expect(profile).toMatchObject({ rows: 5, duplicateRows: 1, notes: [] });
    const [n, when, label, same] = profile.columns;
    expect(n).toEqual({
      name: 'n',
      sqlType: 'BIGINT',
      kind: 'number',
      nulls: 1,
      distinct: 3,
      min: 1,
      max: 4,
      mean: 2,
      std: Math.SQRT2,
      wholeNumbers: true,
      constant: false,
      topValues: [
        { value: '1', count: 2 },
        { value: '2', count: 1 },
        { value: '4', count: 1 },
      ],
      unsafeIntegers: null,
      almost: null,
    });
    expect(when).toMatchObject({
      kind: 'datetime',
      min: '2024-01-31T00:00:00Z',
      max: '2024-02-01T00:00:00Z',
    });
    expect(label).toMatchObject({
      kind: 'text',
      nulls: 1,
      topValues: [
        { value: 'a', count: 3 },
        { value: 'b', count: 1 },
      ],
    });
    expect(same).toMatchObject({ constant: true, distinct: 1 });
  });

  test('integers that a double cannot hold are counted, with the first of them', async () => {
    const { columns } = await profileCsv(
      'id,safe\n1,9007199254740991\n9007199254740993,1\n-9223372036854775808,2\n18446744073709551616,3\n',
    );
    expect(columns[0]).toMatchObject({
      sqlType: 'HUGEINT',
      unsafeIntegers: { count: 3, example: { row: 2, value: '9007199254740993' } },
    });
    expect(columns[1]?.unsafeIntegers).toBeNull();
  });

  test('a text column that is nearly numeric names the first value that is not', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, id) => `${id},${id === 250 ? 'sensor off' : id / 4}`,
    );
    const { columns } = await profileCsv(`id,v\n${lines.join('\n')}\n`);
    expect(columns[1]).toMatchObject({
      sqlType: 'VARCHAR',
      almost: { kind: 'number', count: 299, exception: { row: 251, value: 'sensor off' } },
    });
  });

  test('a Parquet table is profiled like its source', async () => {
    const csv = 'n,label\n1,a\n2,b\n2,b\n';
    const path = await toTable(csv);
    expect(await engine.profile({ path, format: 'parquet' }, limits)).toEqual(
      await profileCsv(csv),
    );
  });

  test('a damaged Parquet file is unreadable', async () => {
    const whole = await readFile(await toTable('a\n1\n'));
    const path = await write(whole.subarray(0, whole.length - 10), 'cut.parquet');
    const error = await failureOf(engine.profile({ path, format: 'parquet' }, limits));
    expect(error.code).toBe('source-unreadable');
  });
});
