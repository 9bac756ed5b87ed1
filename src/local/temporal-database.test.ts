import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseDatabase, parseServerVersion } from './temporal-database.js';

test('the server version is read from what the CLI prints', () => {
  expect(parseServerVersion('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)\n')).toBe('1.31.2');
  expect(parseServerVersion('(Server 1.32.0-154.0, UI 2.51.0)')).toBe('1.32.0-154.0');
  expect(parseServerVersion('temporal version 1.8.2')).toBeNull();
});

test('each version has a file of its own, and those of other versions are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receta-database-'));
  const names = ['temporal-1.31.2.db', 'temporal-1.30.0.db', 'temporal-1.30.0.db-wal', 'other.db'];
  await Promise.all(names.map((name) => writeFile(join(folder, name), '')));

  expect(chooseDatabase(folder, '1.31.2')).toEqual({
    path: join(folder, 'temporal-1.31.2.db'),
    foreign: ['temporal-1.30.0.db'],
  });
  await rm(folder, { recursive: true });
});
