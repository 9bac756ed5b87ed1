import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Lock } from './lock.mjs';
import { isRunning, readProcessIdentity } from './process-identity.mjs';

const lockModule = fileURLToPath(new URL('./lock.mjs', import.meta.url));
let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receta-lock-'));
  path = join(folder, 'set-up.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second taker waits for the owner, says for whom, and goes on after the release', async () => {
  const first = await Lock.take(path);
  const waitedFor: number[] = [];
  const second = Lock.take(path, { onWait: (pid) => waitedFor.push(pid), pollMs: 1 });
  await expect.poll(() => waitedFor).toEqual([process.pid]);

  first.release();
  (await second).release();

  expect(readdirSync(folder)).toEqual([]);
});

test('a lock whose owner is dead is taken over, and what it left running is killed', async () => {
  const orphan = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  await once(orphan, 'spawn');
  const owner = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `const { Lock } = await import(${JSON.stringify(lockModule)});
     (await Lock.take(${JSON.stringify(path)})).addChild(${orphan.pid});
     process.kill(process.pid, 'SIGKILL');`,
  ]);
  const orphanEnded = once(orphan, 'exit');
  await once(owner, 'exit');
  expect(existsSync(path)).toBe(true);

  const lock = await Lock.take(path, { pollMs: 1 });

  expect(await orphanEnded).toEqual([null, 'SIGKILL']);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a pid that belongs to another process by now does not keep a lock alive', async () => {
  const own = readProcessIdentity(process.pid);
  const earlier = { ...own, startTicks: 1 };
  writeFileSync(path, JSON.stringify({ owner: earlier, children: [earlier] }));

  const lock = await Lock.take(path, { pollMs: 1 });

  expect(own !== null && isRunning(own)).toBe(true);
  lock.release();
});

test('a lock file without readable content is taken over', async () => {
  writeFileSync(path, '{"owner"');

  (await Lock.take(path, { pollMs: 1 })).release();

  expect(existsSync(path)).toBe(false);
});

test('of many takers at once each holds the lock alone', async () => {
  let holders = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const lock = await Lock.take(path, { pollMs: 1 });
      holders += 1;
      most = Math.max(most, holders);
      await new Promise((resolve) => setImmediate(resolve));
      holders -= 1;
      lock.release();
    }),
  );

  expect(most).toBe(1);
});
