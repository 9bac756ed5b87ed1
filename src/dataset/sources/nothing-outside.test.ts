import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecetaError } from '../../contract/errors.js';
import { isPublicAddress } from './http/address-policy.js';
import { parseSourceUrl } from './http/source-url.js';
import { findDataFiles } from './local/find-data-files.js';

let folder: string;
let root: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'receta-outside-')));
  root = join(folder, 'data');
  await mkdir(join(root, 'sub', 'deep'), { recursive: true });
  await mkdir(join(folder, 'data-2'));
  for (const path of ['data/a.csv', 'data/sub/b.csv', 'data/sub/deep/c.csv', 'data-2/secret.csv']) {
    await writeFile(join(folder, path), 'a\n1\n');
  }
  await symlink(folder, join(root, 'up'));
  await symlink(join(folder, 'data-2', 'secret.csv'), join(root, 'sub', 'link.csv'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const segment = fc.constantFrom(
  ...['..', '.', '', 'a.csv', 'sub', 'deep', 'up', 'data', 'data-2', 'secret.csv', 'link.csv'],
  ...[
    '*',
    '**',
    '*.csv',
    '{..,sub}',
    '{up,sub}',
    '[.][.]',
    '%2e%2e',
    '..%2f',
    '\\',
    '..\\',
    '\0',
    '~',
  ],
);

test('no path reaches a file outside the data directory', async () => {
  const paths = fc
    .tuple(
      fc.constantFrom('', '/', './', `${'../'.repeat(3)}`),
      fc.array(segment, { maxLength: 6 }),
    )
    .map(([start, segments]) => `${start}${segments.join('/')}`);
  const check = async (path: string): Promise<void> => {
    const absolute = path.replace('~', folder);
    try {
      const { files } = await findDataFiles([absolute], root, 1_000);
      for (const file of files) expect(file.startsWith(`${root}/`)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(RecetaError);
    }
  };
  await fc.assert(fc.asyncProperty(paths, check), { numRuns: 2_000 });
});

/** The ways in which people and attackers write an IPv4 address. */
const spellings: readonly ((bytes: readonly number[]) => string)[] = [
  (bytes) => bytes.join('.'),
  (bytes) => String(toNumber(bytes)),
  (bytes) => `0x${toNumber(bytes).toString(16)}`,
  (bytes) => bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
  (bytes) => bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
  ([a, b, c, d]) => `${a}.${b}.${Number(c) * 256 + Number(d)}`,
  (bytes) => `[::ffff:${bytes.join('.')}]`,
];

const toNumber = (bytes: readonly number[]): number =>
  bytes.reduce((sum, byte) => sum * 256 + byte, 0);

test('no spelling of an address that is not public is accepted', () => {
  const first = fc.oneof(fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 224), fc.nat(255));
  const bytes = fc.tuple(first, fc.nat(255), fc.nat(255), fc.nat(255));
  const check = (address: readonly number[], spelling: number): void => {
    const url = `http://${spellings[spelling]?.(address)}/data.csv`;
    const accepts = (): boolean => parseSourceUrl(url, { allowedHosts: [] }) instanceof URL;
    if (isPublicAddress(address.join('.'))) expect(accepts()).toBe(true);
    else expect(accepts).toThrow(expect.objectContaining({ code: 'source-forbidden' }));
  };
  fc.assert(fc.property(bytes, fc.nat(spellings.length - 1), check), { numRuns: 2_000 });
});
