import { expect, test } from 'vitest';
import { noExpectation } from '../../contract/no-expectation.js';
import { checkQuery, readParquet } from '../testdata/check-query.js';
import { engine, limits, newPath } from '../testdata/engine-surroundings.js';

/** Parquet of the rows of a query. */
async function toParquet(query: string): Promise<string> {
  const columns = { drop: { ...noExpectation, values: [0], onFail: 'quarantine' as const } };
  const { cleanPath } = await checkQuery(
    `SELECT 0 AS "drop", * FROM (${query}) UNION ALL BY NAME SELECT 1 AS "drop"`,
    { columns },
  );
  return cleanPath;
}

test('tables of different columns and types become one, in their order', async () => {
  const outputPath = newPath('merged.parquet');
  const one = await toParquet('SELECT 7 AS n, 5 AS line');
  const two = await toParquet("SELECT 'x' AS n, DATE '2024-01-31' AS day");
  const tables = [
    { source: 'one', path: one, rename: { line: 'receta_line' } },
    { source: 'two', path: two, rename: {} },
  ];
  await engine.mergeTables({ tables, outputPath }, limits);
  expect(await readParquet(outputPath)).toMatchObject([
    { receta_source: 'one', n: '7', receta_line: 5, day: null },
    { receta_source: 'two', n: 'x', receta_line: null, day: new Date('2024-01-31') },
  ]);
});
