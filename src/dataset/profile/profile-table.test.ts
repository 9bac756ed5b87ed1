import { expect, test } from 'vitest';
import { noExpectation } from '../../contract/no-expectation.js';
import { checkQuery } from '../testdata/check-query.js';
import type { ColumnProfile, TableProfile } from './table-profile.js';

const profileOf = async (query: string): Promise<TableProfile> => (await checkQuery(query)).profile;
const columnOf = async (query: string): Promise<ColumnProfile> =>
  (await profileOf(query)).columns[0] as ColumnProfile;

test('every column is counted and summarized', async () => {
  const profile = await profileOf(
    `SELECT * FROM (VALUES (1::BIGINT, DATE '2024-01-31', 'a', 'x'), (2, '2024-02-01', 'bb', 'x'), (NULL, NULL, 'a', 'x'),
       (4, '2024-01-31', NULL, 'x'), (1, '2024-01-31', 'a', 'x')) t(n, "when", label, same)`,
  );
  expect(profile).toMatchObject({
    format: 'receta-profile/1',
    rows: 5,
    duplicateRows: 1,
    notes: [],
  });
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
    quantiles: [1, 1, 1, 1, 1.5, 2.5, expect.closeTo(3.7), expect.closeTo(3.94), 4],
    histogram: {
      from: 1,
      to: 4,
      counts: [2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      under: 0,
      over: 0,
    },
    lengths: null,
    wholeNumbers: true,
    constant: false,
    topValues: [
      { value: '1', count: 2 },
      { value: '2', count: 1 },
      { value: '4', count: 1 },
    ],
    unsafeIntegers: null,
    almost: null,
    sensitive: false,
  });
  expect(when).toMatchObject({
    kind: 'datetime',
    min: '2024-01-31T00:00:00Z',
    max: '2024-02-01T00:00:00Z',
    histogram: { from: Date.UTC(2024, 0, 31) / 1000, to: Date.UTC(2024, 1, 1) / 1000 },
    quantiles: null,
  });
  expect(label).toMatchObject({
    kind: 'text',
    nulls: 1,
    lengths: { min: 1, mean: 1.25, max: 2 },
    topValues: [
      { value: 'a', count: 3 },
      { value: 'bb', count: 1 },
    ],
  });
  expect(same).toMatchObject({ constant: true, distinct: 1 });
});

test('frequent values come by count, then by value, at most ten of them', async () => {
  const { topValues, distinct } = await columnOf('SELECT i % 30 AS x FROM range(100) t(i)');
  expect(distinct).toBe(30);
  expect(topValues.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, (_, i) => `${i}`));
});

test('where every value is another there are no frequent ones', async () => {
  expect(await columnOf('SELECT i AS x FROM range(50) t(i)')).toMatchObject({
    topValues: [],
    distinct: 50,
  });
});

test('NaN and infinities are missing', async () => {
  const query = "SELECT unnest([1.0, 'NaN'::DOUBLE, 'inf'::DOUBLE, '-inf'::DOUBLE, 3.0]) AS x";
  expect(await columnOf(query)).toMatchObject({ nulls: 3, distinct: 2, min: 1, max: 3, mean: 2 });
});

test('an outlier far off does not empty the bins of the others', async () => {
  const { histogram } = await columnOf(
    'SELECT CASE WHEN i = 7 THEN 1e9 ELSE i END AS x FROM range(1000) t(i)',
  );
  expect(histogram?.to).toBeLessThan(1000);
  expect(histogram).toMatchObject({ over: 10, under: 10 });
  expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(980);
});

test('values next to the largest double are summarized without overflow', async () => {
  const query = 'SELECT unnest([1.7e308, -1.7e308, 1.0, 3.0]) AS x';
  expect(await columnOf(query)).toMatchObject({ min: -1.7e308, max: 1.7e308, mean: 2 });
});

test('integers that a double cannot hold are counted, with the first of them', async () => {
  const { columns } = await profileOf(
    `SELECT * FROM (VALUES (1::BIGINT, 9007199254740991), (9007199254740993, 1), (-9223372036854775808, 2),
       (9007199254740992, 2)) t(id, safe)`,
  );
  expect(columns[0]).toMatchObject({
    distinct: 4,
    unsafeIntegers: { count: 3, example: { row: 2, value: '9007199254740993' } },
  });
  expect(columns[1]?.unsafeIntegers).toBeNull();
});

test('a text column that is nearly numeric, or nearly of times, names the first value that is not', async () => {
  const { columns } = await profileOf(
    `SELECT CASE WHEN i = 250 THEN 'sensor off' ELSE (i / 4)::VARCHAR END AS v,
       CASE WHEN i = 3 THEN 'soon' ELSE '2024-01-31' END AS w FROM range(300) t(i)`,
  );
  expect(columns[0]?.almost).toEqual({
    kind: 'number',
    count: 299,
    exception: { row: 251, value: 'sensor off' },
  });
  expect(columns[1]?.almost).toMatchObject({
    kind: 'datetime',
    exception: { row: 4, value: 'soon' },
  });
});

test('columns of types that nothing is learned from are shown as text', async () => {
  const { columns } = await profileOf(
    "SELECT [1, 2] AS list, {'a': 1} AS nested, TIME '12:00' AS at",
  );
  expect(columns).toMatchObject([
    { kind: 'text', sqlType: 'INTEGER[]', distinct: 1 },
    { kind: 'text', distinct: 1 },
    { kind: 'text', sqlType: 'TIME', distinct: 1 },
  ]);
});

test('a table without rows has a profile', async () => {
  expect(await profileOf("SELECT 1 AS a, DATE '2024-01-31' AS b WHERE false")).toMatchObject({
    rows: 0,
    duplicateRows: 0,
    columns: [
      { nulls: 0, distinct: 0, min: null, histogram: null, topValues: [] },
      { nulls: 0, distinct: 0, min: null },
    ],
  });
});

test('columns read one by one come out as if read all at once', async () => {
  const part = `SELECT (i * 7919) % 1000 AS n, ((i * 7919) % 1000) / 8 AS d, 'v' || (i % 13) AS t, i % 2 = 0 AS b,
    TIMESTAMP '2024-01-31' + INTERVAL (i % 100) HOUR AS at FROM range(20000) r(i)`;
  const small = await profileOf(part);
  // More than two million cells are not held at once; each row comes 21 times.
  const large = await profileOf(`SELECT p.* FROM (${part}) p, range(21)`);
  const near = (value: number) => expect.closeTo(value, 6);
  for (const [index, column] of small.columns.entries()) {
    const { topValues, histogram, std, mean, quantiles, nulls, ...same } = column;
    const other = large.columns[index];
    expect(other).toMatchObject(same);
    expect(other?.mean ?? null).toEqual(mean === null ? null : near(mean));
    expect(other?.quantiles ?? null).toEqual(quantiles?.map(near) ?? null);
    expect(other?.topValues).toEqual(
      topValues.map(({ value, count }) => ({ value, count: 21 * count })),
    );
    expect(other?.histogram?.counts).toEqual(histogram?.counts.map((count) => 21 * count));
  }
  expect(large.duplicateRows).toBe(large.rows - (small.rows - small.duplicateRows));
}, 30_000);

test('a column called like those of the engine is a column like others', async () => {
  const profile = await profileOf(
    'SELECT 5 AS file_row_number, 6 AS r, 7 AS c0, 8 AS col UNION ALL SELECT 5, 6, 9, 8',
  );
  expect(profile.columns.map(({ name, min, max }) => [name, min, max])).toEqual([
    ['file_row_number', 5, 5],
    ['r', 6, 6],
    ['c0', 7, 9],
    ['col', 8, 8],
  ]);
});

test('row numbers hold where a column has the name of the file row', async () => {
  const { checks } = await checkQuery('SELECT unnest([5, 9]) AS file_row_number', {
    columns: { file_row_number: { ...noExpectation, max: 6 } },
  });
  expect(checks[0]?.samples).toEqual(['row 2']);
});
