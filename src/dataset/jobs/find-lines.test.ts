import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openReadOptions } from '../../contract/open-read-options.js';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { engine, limits, tableOf, write } from '../testdata/engine-surroundings.js';

async function linesOf(
  paths: readonly string[],
  rows: readonly number[],
  read: Partial<ReadOptions> = {},
): Promise<readonly (readonly [file: number, line: number | null])[]> {
  const files = paths.map((path) => ({ path, name: basename(path), columns: null }));
  const places = await engine.findLines(
    { files, read: { ...openReadOptions, ...read }, rows },
    limits,
  );
  expect(places.map(({ row }) => row)).toEqual(rows);
  return places.map(({ file, line }) => [files.findIndex(({ name }) => name === file), line]);
}

test('a row of CSV stands behind comments, blank lines and line ends inside quotes', async () => {
  const path = await write('# comment\na,b\n1,"x\ny"\n\n2,z\r\n3,"w"\n');
  expect(await linesOf([path], [2, 0, 1])).toEqual([
    [0, 7],
    [0, 3],
    [0, 6],
  ]);
});

test('rows that were set aside are no rows', async () => {
  const path = await write(gzipSync('a,b\n1,2\n3\nx,4\n5,6\n'));
  const read = { badRows: 'quarantine', types: { a: 'BIGINT' } } as const;
  expect(await linesOf([path], [0, 1], read)).toEqual([
    [0, 2],
    [0, 5],
  ]);
});

test('rows are counted over all files', async () => {
  const paths = [await write('a\n1\n2\n'), await write('a\n3\n')];
  expect(await linesOf(paths, [1, 2])).toEqual([
    [0, 3],
    [1, 2],
  ]);
});

test('JSON lines have lines, arrays and Parquet have none', async () => {
  const lines = await write('{"a": 1}\n\n{"a": 2}\n', 'data.jsonl');
  expect(await linesOf([lines], [1])).toEqual([[0, 3]]);
  const array = await write('[{"a": 1}, {"a": 2}]', 'data.json');
  expect(await linesOf([array], [1])).toEqual([[0, null]]);
  const tables = [await tableOf('SELECT 1 AS a'), await tableOf('SELECT 2 AS a')];
  expect(await linesOf(tables, [0, 1])).toEqual([
    [0, null],
    [1, null],
  ]);
});
