import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rotateLog } from './rotate-log.js';

test('only a log above the limit is set aside, over the one before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receta-log-'));
  const path = join(folder, 'part.log');
  rotateLog(path, 3);
  await writeFile(path, 'old');
  rotateLog(path, 3);
  expect(await readFile(path, 'utf8')).toBe('old');

  await writeFile(path, 'long');
  await writeFile(`${path}.1`, 'older');
  rotateLog(path, 3);
  expect(await readFile(`${path}.1`, 'utf8')).toBe('long');
  await rm(folder, { recursive: true });
});
