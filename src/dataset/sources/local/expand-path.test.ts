import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecetaError } from '../../../contract/errors.js';
import { expandPath } from './expand-path.js';
import { findDataFiles } from './find-data-files.js';

let root: string;
let outside: string;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receta-paths-'));
  root = join(folder, 'data');
  outside = join(folder, 'data-2');
  await mkdir(join(root, 'months', 'old'), { recursive: true });
  await mkdir(join(root, 'empty'));
  await mkdir(outside);
  const names = ['b.csv', 'a.csv', 'c.parquet', 'old/z.csv', '.hidden.csv', '_SUCCESS', 'notes.md'];
  for (const name of names) await writeFile(join(root, 'months', name), 'a\n1\n');
  await writeFile(join(root, 'odd[1].csv'), 'a\n1\n');
  await writeFile(join(outside, 'secret.csv'), 'a\n1\n');
  await symlink(outside, join(root, 'way-out'));
});

afterEach(() => rm(join(root, '..'), { recursive: true, force: true }));

const expand = async (path: string) =>
  (await expandPath(join(root, path), path)).map((found) => found.slice(root.length + 1));

async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

test('a folder means its data files by name, without hidden files, notes and sub-folders', async () => {
  const wanted = ['months/a.csv', 'months/b.csv', 'months/c.parquet'];
  expect(await expand('months')).toEqual(wanted);
  expect(await expand('months/')).toEqual(wanted);
});

test('a glob means its matches by name', async () => {
  expect(await expand('months/*.csv')).toEqual(['months/a.csv', 'months/b.csv']);
  expect(await expand('months/[bc].*')).toEqual(['months/b.csv', 'months/c.parquet']);
  expect(await expand('**/*.csv')).toEqual([
    'months/a.csv',
    'months/b.csv',
    'months/old/z.csv',
    'odd[1].csv',
  ]);
});

test('a file is itself, also when its name looks like a glob', async () => {
  expect(await expand('odd[1].csv')).toEqual(['odd[1].csv']);
});

test.each([
  ['absent.csv', 'no such file'],
  ['months/*.tsv', 'no file matches'],
  ['absent/*.csv', 'no file matches'],
  ['empty', 'the folder has no data file'],
  ['months/old/../../empty/', 'it is empty'],
])('%s is not found', async (path, words) => {
  const error = await failureOf(expand(path));
  expect(error).toMatchObject({ code: 'source-not-found' });
  expect(error.message).toContain(words);
});

test('files below the data directory are found once, in the order of the paths', async () => {
  const found = await findDataFiles(['months/b.csv', 'months/*.csv'], root, 100);
  expect(found.files.map((path) => path.slice(found.root.length + 1))).toEqual([
    'months/b.csv',
    'months/a.csv',
  ]);
});

test.each([
  '../data-2/secret.csv',
  '../data-2/*.csv',
  '../data-2',
  '/etc/passwd',
  '/etc/*',
  'way-out/secret.csv',
  'way-out/*.csv',
  'way-out',
  '..',
  'months/../../data-2/secret.csv',
  'a\0b',
])('%j leaves the data directory and is refused', async (path) => {
  expect(await failureOf(findDataFiles([path], root, 100))).toMatchObject({
    code: 'source-forbidden',
  });
});

test('a linked file that a folder or a glob meets must lie inside as well', async () => {
  await symlink(join(outside, 'secret.csv'), join(root, 'months', 'link.csv'));
  for (const path of ['months', 'months/*.csv', 'months/link.csv']) {
    expect(await failureOf(findDataFiles([path], root, 100))).toMatchObject({
      code: 'source-forbidden',
    });
  }
});

test('paths need a data directory, and files a size within the limit', async () => {
  expect(await failureOf(findDataFiles(['a.csv'], null, 100))).toMatchObject({
    code: 'source-forbidden',
  });
  expect(await failureOf(findDataFiles(['months'], root, 3))).toMatchObject({
    code: 'source-too-large',
  });
});
