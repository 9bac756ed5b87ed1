import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findServerProgram } from './find-server-program.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-find-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function addProgram(path: string, mode = 0o755): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, '#!/bin/sh\n');
  await chmod(full, mode);
  return full;
}

test('the variable goes before the PATH, and the PATH before the cache', async () => {
  const cached = await addProgram('.cache/receta/temporal-1.8.2/temporal');
  const home = { HOME: folder, PATH: join(folder, 'bin') };
  expect(findServerProgram('temporal', home)).toBe(cached);

  const onPath = await addProgram('bin/temporal');
  expect(findServerProgram('temporal', home)).toBe(onPath);

  const named = await addProgram('own/my-temporal');
  expect(findServerProgram('temporal', { ...home, RECETA_TEMPORAL_BIN: named })).toBe(named);
});

test('RECETA_CACHE_DIR moves the cache', async () => {
  const cached = await addProgram('cache/minio-20260212201848/minio');

  expect(findServerProgram('minio', { RECETA_CACHE_DIR: join(folder, 'cache') })).toBe(cached);
});

test('a file that cannot be run is passed over', async () => {
  await addProgram('bin/minio', 0o644);

  expect(() => findServerProgram('minio', { HOME: folder, PATH: join(folder, 'bin') })).toThrow(
    'Run `npm run setup`, or point S3_ENDPOINT to a server that already runs.',
  );
});

test('a missing program says where it was looked for and how to get it', () => {
  expect(() => findServerProgram('temporal', { HOME: folder, PATH: '' })).toThrow(
    `Looked for the temporal server in RECETA_TEMPORAL_BIN, on the PATH and at ${folder}/.cache/receta/temporal-1.8.2/temporal, ` +
      'and found none. Run `npm run setup`, or point TEMPORAL_ADDRESS to a server that already runs.',
  );
});

test('a variable that names nothing is an error, not passed over', async () => {
  await addProgram('bin/temporal');
  const env = { PATH: join(folder, 'bin'), RECETA_TEMPORAL_BIN: join(folder, 'absent') };

  expect(() => findServerProgram('temporal', env)).toThrow(
    `RECETA_TEMPORAL_BIN is "${join(folder, 'absent')}", which is not a program that can be run.`,
  );
});
