import { createReadStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunPage } from '../../src/client/list-runs.js';
import type { ScheduleDescription } from '../../src/client/schedule-description.js';
import type { RunDescription } from '../../src/contract/run-description.js';
import { createStackFolder, type StackFolder } from './fixtures/stack-folder.js';

const example = fileURLToPath(new URL('../../examples/01-penguins/', import.meta.url));
const rowsPath = join(example, 'rows.json');
const quickStudy = 'models: mlp\ntune: { trials: 2, epochs: 5 }\ntrain: { epochs: 20 }\n';
const pipeline = `name: birds\nsource: penguins.csv\ntarget: species\n${quickStudy}`;

let folder: StackFolder;
const receta = (...args: string[]) => folder.receta(...args);

beforeAll(async () => {
  folder = await createStackFolder({ RECETA_ALLOWED_PRIVATE_HOSTS: '127.0.0.1' });
  await copyFile(join(example, 'penguins.csv'), join(folder.path, 'penguins.csv'));
  await folder.write('pipeline.yaml', pipeline);
  await folder.up();
});

afterAll(() => folder.remove());

describe('receta on a real stack', () => {
  it('shows the parts of the stack that is up', async () => {
    const { code, stdout } = await receta('status', '--json');
    expect(code).toBe(0);
    const status = JSON.parse(stdout) as { state: string; parts: { state: string }[] };
    expect(status.state).toBe('ready');
    expect(status.parts.map(({ state }) => state)).toEqual(status.parts.map(() => 'ready'));
  });

  it('goes from a file to a prediction, and shows run, logs and model afterwards', async () => {
    const ran = await receta('run', 'pipeline.yaml', '--watch', '--json');
    expect(ran.code, ran.stderr).toBe(0);
    const run = JSON.parse(ran.stdout) as RunDescription;
    expect(run).toMatchObject({ outcome: 'succeeded', model: { model: 'birds', version: 1 } });
    expect(run.trials).toHaveLength(2);
    expect(ran.stderr).toMatch(/^storing penguins\.csv, 13\.5 kB$/m);
    expect(ran.stderr).toMatch(/^run succeeded in /m);

    const predicted = await receta('predict', 'birds', rowsPath);
    expect(predicted.code, predicted.stderr).toBe(0);
    expect(predicted.stdout).toMatch(/^(Adelie|Chinstrap|Gentoo)\n(Adelie|Chinstrap|Gentoo)\n$/);

    const shown = await receta('runs', 'show', run.runId);
    expect(shown.stdout).toContain('model birds version 1');
    const logs = await receta('runs', 'logs', run.runId, '--json');
    const lines = logs.stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { step: string }).step)).toContain('validate');
    const model = await receta('models', 'show', 'birds');
    expect(model.stdout).toContain(run.runId);
    expect(model.stdout).toContain('champion');
  });

  it('gives the same run for the same idempotency key', async () => {
    const args = ['run', 'pipeline.yaml', '--idempotency-key', 'once', '--json'];
    const first = JSON.parse((await receta(...args)).stdout) as { runId: string };
    const second = JSON.parse((await receta(...args)).stdout) as { runId: string };
    expect(second).toEqual({ runId: first.runId, created: false });
    expect((await receta('runs', 'show', first.runId, '--watch')).code).toBe(0);
  });

  it('ends with 7 when a gate refuses the model', async () => {
    const file = await folder.write(
      'gated.yaml',
      `${pipeline.replace('birds', 'gated')}gates:\n  accuracy: { min: 1.01 }\n`,
    );
    const { code, stdout } = await receta('run', file, '--watch');
    expect(code).toBe(7);
    expect(stdout).toContain('registered, but refused by a gate');
  });

  it('ends with 1 and names step and cause when the data does not fit the pipeline', async () => {
    const file = await folder.write('absent.yaml', pipeline.replace('species', 'specie'));
    const { code, stdout, stderr } = await receta('run', file, '--watch');
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed in step \w+: .*specie.*\(target-invalid\)/);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  });

  it('detaches at Ctrl-C; the run goes on until it is cancelled', async () => {
    const file = await folder.write(
      'long.yaml',
      pipeline.replace('birds', 'long').replace('trials: 2, epochs: 5', 'trials: 4, epochs: 5000'),
    );
    const { child, ended, says } = folder.start(['run', file, '--watch']);
    await says('tune started');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    const runId = /receta runs cancel (\S+)/.exec(stderr)?.[1] ?? '';
    const shown = await receta('runs', 'show', runId, '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: 'running' });
    expect((await receta('runs', 'cancel', runId)).code).toBe(0);
    expect((await receta('runs', 'show', runId, '--watch')).code).toBe(8);
  });

  it('retries a run that failed because its source was away', async () => {
    const source = await servePenguins();
    const file = await folder.write('away.yaml', pipeline.replace('penguins.csv', source.url));
    const failed = await receta('run', file, '--watch', '--json');
    expect(failed.code).toBe(1);
    const { runId, failure } = JSON.parse(failed.stdout) as RunDescription;
    expect(failure).toMatchObject({ code: 'source-not-found', step: 'download' });

    source.show();
    const { code, stdout } = await receta('runs', 'retry', runId, '--watch');
    expect(code).toBe(0);
    expect(stdout).toContain(`retry of ${runId}`);
    expect(stdout).toMatch(/^run \S+ succeeded in /);
    for (const words of ['download', 'promote', 'trial', 'accuracy', 'model birds version']) {
      expect(stdout).toContain(words);
    }
  });

  it('runs a pipeline by a schedule, which can be paused, resumed, triggered and deleted', async () => {
    const args = ['schedule', 'create', 'pipeline.yaml', '--name', 'nightly', '--every', '12h'];
    const created = await receta(...args);
    expect(created.code, created.stderr).toBe(0);
    expect(created.stderr).toContain('give a URL for new data each time');
    expect((await receta(...args)).code).toBe(5);
    const paused = await receta('schedule', 'pause', 'nightly', '--note', 'holiday');
    expect(paused.stdout).toContain('paused');
    expect((await receta('schedule', 'resume', 'nightly')).stdout).toContain('active');

    const triggered = await receta('schedule', 'trigger', 'nightly', '--json');
    const { runId } = JSON.parse(triggered.stdout) as { runId: string };
    const watched = await receta('runs', 'show', runId, '--watch');
    expect(watched.code, watched.stderr).toBe(0);
    expect(watched.stdout).toContain('started by schedule nightly');
    const logs = await receta('runs', 'logs', runId);
    expect(logs.stdout).toContain('register');
    const { runs } = await listPage();
    expect(runs[0]).toMatchObject({ runId, schedule: 'nightly', outcome: 'succeeded' });
    const listed = await receta('schedule', 'list', '--json');
    const { schedules } = JSON.parse(listed.stdout) as { schedules: ScheduleDescription[] };
    expect(schedules).toMatchObject([{ name: 'nightly', paused: false, recentRuns: [{ runId }] }]);

    expect((await receta('schedule', 'delete', 'nightly')).code).toBe(0);
    expect((await receta('schedule', 'resume', 'nightly')).code).toBe(3);
    expect((await receta('runs', 'show', runId)).code).toBe(0);
  });

  it('lists every run once, newest first, over pages', async () => {
    const file = await folder.write('listed.yaml', pipeline.replace('species', 'specie'));
    for (let count = 0; count < 4; count += 1) await receta('run', file);
    const all = (await listPage()).runs.map(({ runId }) => runId);
    expect(all.length).toBeGreaterThanOrEqual(4);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listPage('--limit', '3', ...(cursor === null ? [] : ['--cursor', cursor]));
      expect(page.runs.length).toBeLessThanOrEqual(3);
      seen.push(...page.runs.map(({ runId }) => runId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all);
    expect((await receta('runs', 'list', '--limit', '3')).stderr).toMatch(
      /^more: receta runs list /,
    );
  });

  it.each([
    ['an unknown run', ['runs', 'show', 'nothing-20261123-170812-4f9k2m'], 3],
    ['an unknown model', ['predict', 'nothing', '--row', '{}'], 3],
    ['an unknown schedule', ['schedule', 'pause', 'nothing'], 3],
    ['an unknown column', ['predict', 'birds', '--row', '{"wing": "Dream"}'], 2],
    ['an unknown command', ['rums'], 2],
  ])('answers %s with one clear error', async (_, args, wanted) => {
    const { code, stdout, stderr } = await receta(...args);
    expect(code).toBe(wanted);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

async function listPage(...args: string[]): Promise<RunPage> {
  return JSON.parse((await receta('runs', 'list', '--json', ...args)).stdout);
}

/** A web server that has the penguins only once it is told to show them. */
async function servePenguins(): Promise<{ url: string; show: () => void }> {
  let shown = false;
  const server = createServer((_, response) => {
    if (shown) createReadStream(join(example, 'penguins.csv')).pipe(response);
    else response.writeHead(404).end();
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/penguins.csv`,
    show: () => {
      shown = true;
    },
  };
}
