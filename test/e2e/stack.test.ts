import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { StackDescription } from '../../src/local/describe-stack.js';
import { readProcessIdentity } from '../../src/processes/process-identity.js';
import { createStackFolder, type StackFolder } from './fixtures/stack-folder.js';

let folder: StackFolder;
let running: StackDescription;

beforeAll(async () => {
  folder = await createStackFolder();
});

/** Every test begins with a stack that runs. */
beforeEach(async () => {
  const found = await folder.describe();
  running = found.state === 'ready' ? found : await folder.up();
});

afterAll(() => folder.remove());

function livingPids({ parts, supervisor }: StackDescription): number[] {
  return [supervisor, ...parts.map(({ pid }) => pid)].flatMap((pid) =>
    pid !== null && readProcessIdentity(pid) !== null ? [pid] : [],
  );
}

test('the API and the worker of a stack serve, and `down` leaves no process', async () => {
  expect(running.state).toBe('ready');
  expect(running.parts.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'temporal ready',
    'minio ready',
    'api ready',
    'worker ready',
  ]);
  expect((await fetch(`${running.apiUrl}/readyz`)).status).toBe(200);
  expect((await fetch(`${running.temporalUiUrl}`)).status).toBe(200);
  expect(livingPids(running)).toHaveLength(5);

  await folder.receta('down');
  expect(livingPids(running)).toEqual([]);
  expect((await folder.describe()).state).toBe('stopped');
});

test('a stack in another folder runs beside the first, with its own ports and its own runs', async () => {
  const other = await createStackFolder();
  try {
    const second = await other.up();
    const portsOf = ({ parts }: StackDescription) =>
      parts.flatMap(({ port }) => (port === null ? [] : [port]));
    expect(new Set([...portsOf(running), ...portsOf(second)]).size).toBe(6);

    await other.write('rows.csv', 'a,b\n1,2\n');
    const file = await other.write('p.yaml', 'name: other\nsource: rows.csv\ntarget: absent\n');
    expect((await other.receta('run', file, '--watch')).code).toBe(1);
    const listRuns = async ({ apiUrl }: StackDescription) =>
      (await (await fetch(`${apiUrl}/v1/runs`)).json()) as { runs: unknown[] };
    expect((await listRuns(second)).runs).toHaveLength(1);
    expect((await listRuns(running)).runs).toHaveLength(0);
  } finally {
    await other.remove();
  }
  expect((await folder.describe()).state).toBe('ready');
  expect((await fetch(`${running.apiUrl}/readyz`)).status).toBe(200);
});

test('a second `up` in the folder names the owner and ends with exit code 5', async () => {
  for (const args of [['up'], ['up', '--detach']]) {
    const { code, stderr } = await folder.receta(...args);
    expect(code).toBe(5);
    expect(stderr).toContain(`belongs to the stack of process ${running.supervisor}`);
  }
});

test('a killed worker is replaced', async () => {
  const before = await folder.part('worker');
  process.kill(before.pid ?? 0, 'SIGKILL');

  await vi.waitUntil(
    async () => {
      const worker = await folder.part('worker');
      return worker.state === 'ready' && worker.restarts === 1 && worker.pid !== before.pid;
    },
    { timeout: 60_000, interval: 500 },
  );
});

test('kill -9 of the supervisor takes everything with it, and the next `up` works', async () => {
  process.kill(running.supervisor ?? 0, 'SIGKILL');
  await vi.waitUntil(() => livingPids(running).length === 0, { timeout: 10_000 });

  expect((await folder.describe()).state).toBe('crashed');
  expect((await folder.up()).apiUrl).toBe(running.apiUrl);
});

test('Ctrl-C in the terminal of `receta up` stops everything', async () => {
  await folder.receta('down');
  const { child, ended, says } = folder.start(['up']);
  await says('Ctrl-C stops it');
  const attached = await folder.describe();
  expect(livingPids(attached)).toHaveLength(5);

  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0 });
  expect(livingPids(attached)).toEqual([]);
});
