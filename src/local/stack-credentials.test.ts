import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureCredentials, readCredentials } from './stack-credentials.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-credentials-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('keys are made once, by chance, for the owner alone', async () => {
  const created = ensureCredentials(folder);

  expect(created.accessKey).toMatch(/^receta-[0-9a-f]{12}$/);
  expect(created.secretKey).toMatch(/^[0-9a-f]{40}$/);
  expect(ensureCredentials(folder)).toEqual(created);
  expect(readCredentials(folder)).toEqual(created);
  expect((await stat(join(folder, 'credentials.json'))).mode & 0o777).toBe(0o600);
});

test('a file that others can read is closed again', async () => {
  ensureCredentials(folder);
  await chmod(join(folder, 'credentials.json'), 0o644);
  ensureCredentials(folder);

  expect((await stat(join(folder, 'credentials.json'))).mode & 0o777).toBe(0o600);
});

test('a damaged file is an error, for new keys would lock the objects away', async () => {
  await writeFile(join(folder, 'credentials.json'), '{"accessKey": "a"');

  expect(() => ensureCredentials(folder)).toThrow('does not hold an accessKey and a secretKey');
});
