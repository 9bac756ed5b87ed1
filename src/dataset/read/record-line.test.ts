import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRecordLine } from './record-line.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-lines-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['a,b\n1,2\n3\n', 3, 3],
  ['a,b\r\n1,2\r\n3\r\n', 3, 3],
  ['a,b\r1,2\r3\r', 3, 3],
  ['a,b\n\n1,2\n3\n', 4, 4],
  ['a,b\n1,"x\ny"\n3\n', 3, 4],
  ['a,b\r\n1,"x\r\ny"\r\n3\r\n', 3, 4],
  ['"a\nx",b\n1,2\n', 2, 3],
  ['a,b\n', 1, 1],
])('of %j record %i begins in line %i', async (text, record, line) => {
  const path = join(folder, 'data.csv');
  await writeFile(path, text);
  expect(await findRecordLine(path, record)).toBe(line);
});
