import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { parquetMediaType } from '../contract/media-types.js';
import { noExpectation } from '../contract/no-expectation.js';
import { openReadOptions } from '../contract/open-read-options.js';
import type { ReadOptions, ValidatePlan } from '../contract/pipeline-plan.js';
import { readParquet } from '../dataset/testdata/check-query.js';
import { engine, limits, newPath } from '../dataset/testdata/engine-surroundings.js';
import { type ValidatedSource, validateSource } from './validate-source.js';

const artifacts = new ArtifactStore(new MemoryObjectStore());
const deps = {
  artifacts,
  get engine() {
    return engine;
  },
  nowMs: () => Date.parse('2026-11-23T12:00:00Z'),
};
async function validate(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { read?: Partial<ReadOptions>; validate?: Partial<ValidatePlan> } = {},
): Promise<ValidatedSource> {
  const folder = newPath('source');
  await mkdir(folder);
  const stored = Object.entries(files).map(async ([name, content]) => ({
    name,
    artifact: await artifacts.putBytes(Buffer.from(content), 'text/csv'),
    columns: null,
  }));
  const source = {
    name: 'source',
    files: await Promise.all(stored),
    read: { ...openReadOptions, ...options.read },
    validate: {
      rows: { min: null, max: null, onFail: 'stop' as const },
      columns: {},
      freshness: null,
      leakage: 'stop' as const,
      ...options.validate,
    },
    folder,
  };
  return validateSource(deps, source, { ...limits, signal: new AbortController().signal });
}

async function rowsOf({ store }: ValidatedSource) {
  const path = newPath('stored.parquet');
  await artifacts.getFile(await store(), path);
  return readParquet(path);
}

test('a source without expectations is read and profiled', async () => {
  const source = await validate({ 'a.csv': 'x,y\n1,a\n2,b\n', 'b.csv': 'x,y\n3,c\n' });
  expect(source).toMatchObject({ rows: 3, rejectedRows: 0, rejects: [], checks: [] });
  expect(source.profile.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['x', 'number'],
    ['y', 'text'],
  ]);
  expect(await rowsOf(source)).toHaveLength(3);
});

test('rows set aside are named by file and line, and the stored table is without them', async () => {
  const source = await validate(
    { 'a.csv': 'x,y\n1,a\n-2,"b\nb"\n', 'b.csv': 'x,y\n3,c\n-4,d\n' },
    { validate: { columns: { x: { ...noExpectation, min: 0, onFail: 'quarantine' } } } },
  );
  expect(source).toMatchObject({ rows: 2, rejectedRows: 2 });
  expect(await rowsOf(source)).toEqual([
    { x: 1n, y: 'a' },
    { x: 3n, y: 'c' },
  ]);
  expect(await readParquet(source.rejects[0]?.path ?? '')).toEqual([
    {
      receta_file: 'a.csv',
      receta_line: 3n,
      receta_row: 1n,
      receta_reason: 'x: range',
      x: -2n,
      y: 'b\nb',
    },
    {
      receta_file: 'b.csv',
      receta_line: 3n,
      receta_row: 3n,
      receta_reason: 'x: range',
      x: -4n,
      y: 'd',
    },
  ]);
});

test('rows that cannot be read and rows that fail checks come together as one table', async () => {
  const source = await validate(
    { 'a.csv': 'x,y\n1,a\n2\n-3,c\n4,d\n' },
    {
      read: { badRows: 'quarantine' },
      validate: { columns: { x: { ...noExpectation, min: 0, onFail: 'quarantine' } } },
    },
  );
  expect(source).toMatchObject({ rows: 2, rejectedRows: 2 });
  const outputPath = newPath('merged.parquet');
  const tables = source.rejects.map((file) => ({ source: "o'source", ...file }));
  await engine.mergeTables({ tables, outputPath }, limits);
  expect(await readParquet(outputPath)).toMatchObject([
    { receta_source: "o'source", receta_file: 'a.csv', receta_line: 3n, receta_text: '2', x: null },
    {
      receta_source: "o'source",
      receta_file: 'a.csv',
      receta_line: 4n,
      receta_reason: 'x: range',
      x: -3n,
    },
  ]);
});

test('a Parquet file that needs no change is the table itself', async () => {
  const made = await validate({ 'a.csv': 'x\n1\n2\n' });
  const first = await made.store();
  const bytes = await artifacts.getBytes(first);
  const again = await validate({ 'a.parquet': bytes });
  expect(await again.store()).toEqual({ ...first, mediaType: parquetMediaType });
});
