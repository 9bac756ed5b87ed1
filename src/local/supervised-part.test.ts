import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readProcessIdentity } from '../processes/process-identity.js';
import { ProcessRegistry } from '../processes/process-registry.js';
import type { PartSpec } from './part-spec.js';
import type { PartStatus } from './part-status.js';
import { SupervisedPart } from './supervised-part.js';

let folder: string;
const parts: SupervisedPart[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-part-'));
});

afterEach(async () => {
  await Promise.all(parts.splice(0).map((part) => part.stop()));
  await rm(folder, { recursive: true, force: true });
});

/** A shell script as a part; it is ready once `$READY` exists. */
function createPart(script: string, options: Partial<PartSpec> = {}) {
  const readyPath = join(folder, 'ready');
  const history: PartStatus[] = [];
  const part = new SupervisedPart(
    {
      name: 'part',
      needs: [],
      command: '/bin/sh',
      args: ['-c', script],
      env: { PATH: '/usr/bin:/bin', READY: readyPath, FOLDER: folder },
      logPath: join(folder, 'part.log'),
      port: null,
      url: null,
      checkReady: () => access(readyPath),
      startDeadlineMs: 5_000,
      stopGraceMs: 200,
      ...options,
    },
    {
      registry: new ProcessRegistry(join(folder, 'processes')),
      backOff: { firstMs: 1, maxMs: 10 },
      firstStartAttempts: 3,
      nowMs: Date.now,
      onChange: (status) => history.push(status),
    },
  );
  parts.push(part);
  return { part, history };
}

function isGone(pid: number | null): boolean {
  return pid === null || readProcessIdentity(pid) === null;
}

test('a part is starting, then ready, then stopped', async () => {
  const { part, history } = createPart('touch $READY; exec sleep 60');
  expect(part.status().state).toBe('waiting');
  part.start();
  await part.firstReady;
  const { pid } = part.status();
  await part.stop();

  expect(history.map(({ state }) => state)).toEqual(['starting', 'ready', 'stopped']);
  expect(isGone(pid)).toBe(true);
});

test('a part that ends by itself is started again, as often as it takes', async () => {
  const script = [
    'echo life >> $FOLDER/lives; life=$(wc -l < $FOLDER/lives); touch $READY',
    'until [ -e $FOLDER/end-$life ]; do sleep 0.01; done; exit 1',
  ].join('\n');
  const { part, history } = createPart(script);
  const readyInLife = (life: number) =>
    vi.waitUntil(() => part.status().restarts === life - 1 && part.status().state === 'ready', {
      timeout: 10_000,
    });
  part.start();
  for (const life of [1, 2, 3]) {
    await readyInLife(life);
    await writeFile(join(folder, `end-${life}`), '');
  }
  await readyInLife(4);

  expect(history.map(({ state }) => state)).toContain('restarting');
  expect(part.status().lastExit).toBe('exit code 1');
});

test('a part that never gets ready is given up with its last words', async () => {
  const { part } = createPart('echo life >> $FOLDER/lives; echo "no such flag" >&2; exit 3');
  part.start();

  await expect(part.firstReady).rejects.toMatchObject({
    code: 'stack-failed',
    message: expect.stringMatching(/part ended before it was ready \(exit code 3\).*no such flag/s),
  });
  expect(await readFile(join(folder, 'lives'), 'utf8')).toBe('life\n'.repeat(3));
  expect(part.status()).toMatchObject({ state: 'stopped', pid: null });
});

test('a part that hangs before it is ready is killed and given up', async () => {
  const { part, history } = createPart('exec sleep 60', { startDeadlineMs: 50 });
  part.start();

  await expect(part.firstReady).rejects.toThrow('part was not ready after 0.05 s');
  expect(history.every(({ pid }) => isGone(pid))).toBe(true);
});

test('a part that ignores TERM is killed after its grace, with its whole group', async () => {
  const script = 'trap "" TERM; sleep 60 & echo $! > $FOLDER/grandchild; touch $READY; wait; wait';
  const { part } = createPart(script);
  part.start();
  await part.firstReady;
  const grandchild = Number(await readFile(join(folder, 'grandchild'), 'utf8'));
  await part.stop();

  expect(isGone(grandchild)).toBe(true);
});

test('a stop during the start leaves nothing and rejects the first readiness', async () => {
  const { part, history } = createPart('exec sleep 60');
  part.start();
  await vi.waitUntil(() => part.status().pid !== null);
  const { pid } = part.status();
  await part.stop();

  await expect(part.firstReady).rejects.toThrow('part was stopped');
  expect(isGone(pid)).toBe(true);
  expect(history.at(-1)?.state).toBe('stopped');
});

test('a stop right after the start leaves nothing', async () => {
  const { part, history } = createPart('exec sleep 60');
  part.start();
  await part.stop();

  expect(history.every(({ pid }) => isGone(pid))).toBe(true);
  expect(part.status().state).toBe('stopped');
});

test('a stop during the pause before a restart ends at once', async () => {
  await writeFile(join(folder, 'ready'), '');
  const { part } = createPart('exit 0', { checkReady: () => Promise.resolve() });
  part.start();
  await vi.waitUntil(() => part.status().state !== 'waiting');
  await part.stop();

  expect(part.status()).toMatchObject({ state: 'stopped', pid: null });
});

test('a program that does not exist is named', async () => {
  const { part } = createPart('', { command: '/nonexistent/program', args: [] });
  part.start();

  await expect(part.firstReady).rejects.toMatchObject({ code: 'stack-failed' });
});

test('the environment of a part holds what it was given and nothing else', async () => {
  const { part } = createPart('env | sort > $FOLDER/env; touch $READY; exec sleep 60');
  part.start();
  await part.firstReady;
  const names = (await readFile(join(folder, 'env'), 'utf8'))
    .split('\n')
    .map((line) => line.split('=')[0])
    .filter((name) => !['', 'PWD', 'OLDPWD', '_', 'SHLVL'].includes(name ?? ''));

  expect(names).toEqual(['FOLDER', 'PATH', 'READY']);
});
