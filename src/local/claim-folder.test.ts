import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ProcessIdentity, readProcessIdentity } from '../processes/process-identity.js';
import { claimFolder, describeOwner } from './claim-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-claim-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function writeClaim(identity: ProcessIdentity): Promise<void> {
  await mkdir(join(folder, 'owners'), { recursive: true });
  const path = join(folder, 'owners', `${identity.pid}-${identity.startTime}.json`);
  await writeFile(path, JSON.stringify({ ...identity, since: '2026-11-23T10:00:00.000Z' }));
}

test('a folder is claimed once, until the claim is released', () => {
  const release = claimFolder(folder, 0);

  expect(() => claimFolder(folder, 0)).toThrow(
    `The state folder ${folder} belongs to the stack of process ${process.pid}`,
  );
  release();
  claimFolder(folder, 0)();
  expect(describeOwner(folder)).toBeNull();
});

test('the claim of another living process is respected and named', async () => {
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  const identity = readProcessIdentity(other.pid ?? 0);
  if (identity === null) throw new Error('the other process is gone');
  await writeClaim(identity);

  expect(() => claimFolder(folder, 0)).toThrow(
    `belongs to the stack of process ${other.pid}, running since 2026-11-23T10:00:00.000Z`,
  );
  expect(describeOwner(folder)?.code).toBe('stack-conflict');
  expect(await readdir(join(folder, 'owners'))).toHaveLength(1);
  other.kill('SIGKILL');
});

test.each([
  ['of a dead process', { pid: 2 ** 22 + 1 }],
  ['of an earlier process with the same pid', { startTime: 1 }],
  ['from before the machine was started again', { bootId: 'earlier' }],
])('a claim %s is swept away', async (_, difference) => {
  const own = readProcessIdentity(process.ppid);
  if (own === null) throw new Error('no parent');
  await writeClaim({ ...own, ...difference });

  claimFolder(folder, 0)();

  expect(await readdir(join(folder, 'owners'))).toEqual([]);
});
