import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RecetaError } from '../../contract/errors.js';
import { DatasetEngine, type EngineLimits } from '../dataset-engine.js';
import type { TableProfile } from '../table-profile.js';

export const limits: EngineLimits = { deadlineMs: 15_000, memoryBytes: 1 << 30 };

/** Folder of one test file; set before its tests begin. */
export let folder: string;
export let engine: DatasetEngine;
let fileCount = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-dataset-'));
  engine = new DatasetEngine({ workDir: join(folder, 'work') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

export function newPath(name: string): string {
  fileCount += 1;
  return join(folder, `${fileCount}-${name}`);
}

export async function write(content: string | Uint8Array, name = 'data.csv'): Promise<string> {
  const path = newPath(name);
  await writeFile(path, content);
  return path;
}

export async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

export const profileCsv = async (content: string | Uint8Array): Promise<TableProfile> =>
  engine.profile({ path: await write(content), format: 'csv' }, limits);

export const typesOf = ({ columns }: TableProfile): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType]));

/** Writes CSV as a Parquet table. */
export async function toTable(csv: string, sql: string | null = null): Promise<string> {
  const outputPath = newPath('table.parquet');
  await engine.transform({ sourcePath: await write(csv), sql, outputPath }, limits);
  return outputPath;
}
