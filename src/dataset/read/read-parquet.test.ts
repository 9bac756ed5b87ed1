import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { failureOf, newPath, tableOf } from '../testdata/engine-surroundings.js';
import { readFiles } from './testdata/read-files.js';

describe('reading Parquet', () => {
  test('one file that needs no change is left as it is', async () => {
    const path = await tableOf("SELECT range AS id, 'x' AS t, 0.5::FLOAT AS f FROM range(3)");
    const { unchanged, rows, types } = await readFiles([path]);
    expect({ unchanged, rows, types }).toEqual({
      unchanged: true,
      rows: 3,
      types: { id: 'BIGINT', t: 'VARCHAR', f: 'FLOAT' },
    });
  });

  test('what no table keeps is changed and told', async () => {
    const path = await tableOf(
      `SELECT 1::UBIGINT AS small, 18446744073709551615::UBIGINT AS big, 'nan'::DOUBLE AS n,
        '2024-01-31 10:00:00+02'::TIMESTAMPTZ AS at, TIME '10:00' AS clock, {'a': 1} AS nested, 'x'::BLOB AS bytes`,
    );
    const { unchanged, types, table, notes } = await readFiles([path]);
    expect(unchanged).toBe(false);
    expect(types).toEqual({ small: 'BIGINT', big: 'VARCHAR', n: 'DOUBLE', at: 'TIMESTAMP' });
    expect(table).toEqual([
      { small: 1, big: '18446744073709551615', n: null, at: '2024-01-31T08:00:00Z' },
    ]);
    expect(notes).toEqual([
      "column 'big': whole numbers beyond 64 bits are kept as text, exactly",
      "column 'n': 1 NaN or infinite values are read as missing",
      "column 'at': times are turned into UTC",
      "column 'clock' is left out, because nothing can be learned from TIME",
      "column 'nested' is left out, because nothing can be learned from STRUCT(a INTEGER)",
      "column 'bytes' is left out, because nothing can be learned from BLOB",
    ]);
  });

  test('several files are one table in the order of the files', async () => {
    const paths = [
      await tableOf('SELECT 1::INTEGER AS a, 2 AS b'),
      await tableOf('SELECT 3 AS b, 0.5::DOUBLE AS a'),
    ];
    const { table, types } = await readFiles(paths);
    expect(types.a).toBe('DOUBLE');
    expect(table).toEqual([
      { a: 1, b: 2 },
      { a: 0.5, b: 3 },
    ]);
  });

  test('columns of another name or kind are refused', async () => {
    const first = await tableOf('SELECT 1 AS a');
    const other = await failureOf(readFiles([first, await tableOf('SELECT 1 AS b')]));
    expect(other.problems).toMatchObject([{ path: 'a' }]);
    const kind = await failureOf(readFiles([first, await tableOf("SELECT 'x' AS a")]));
    expect(kind.problems).toMatchObject([
      { path: 'a', message: expect.stringContaining('it is VARCHAR, but INTEGER') },
    ]);
  });

  test('a damaged file and one without rows are refused', async () => {
    const whole = await readFile(await tableOf('SELECT range AS a FROM range(9)'));
    const cut = newPath('cut.parquet');
    await writeFile(cut, whole.subarray(0, whole.length - 9));
    expect(await failureOf(readFiles([cut]))).toMatchObject({ code: 'source-unreadable' });
    const none = await tableOf('SELECT 1 AS a WHERE false');
    expect(await failureOf(readFiles([none]))).toMatchObject({ code: 'source-empty' });
  });
});
