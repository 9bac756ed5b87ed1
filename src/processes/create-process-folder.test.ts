import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProcessFolder } from './create-process-folder.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'process-folder-'));
});

afterEach(() => rmSync(root, { recursive: true }));

it('gives one process one folder', async () => {
  const folder = await createProcessFolder(root);
  expect(existsSync(folder)).toBe(true);
  expect(await createProcessFolder(root)).toBe(folder);
});

it('removes the folder of a process that is gone, also when its pid lives again, and nothing else', async () => {
  const gone = join(root, `${process.pid}-1`);
  const other = join(root, 'downloads');
  mkdirSync(gone);
  mkdirSync(other);
  const own = await createProcessFolder(root);
  expect([gone, other, own].map(existsSync)).toEqual([false, true, true]);
});
