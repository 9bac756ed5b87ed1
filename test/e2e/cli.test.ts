import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDescription } from '../../src/contract/run-status.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rowsPath = join(root, 'examples/01-penguins/rows.json');
const quickStudy = 'tune: { trials: 2, epochs: 5 }\ntrain: { epochs: 20 }\n';
const pipeline = `name: birds\nsource: penguins.csv\ntarget: species\n${quickStudy}`;

let folder: string;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[]) {
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'bin/receta.js'), ...args], {
    cwd: folder,
    env: { ...env, RECETA_STATE_DIR: join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended: collect(child.stdout, child.stderr, code) };
}

async function collect(
  stdout: NodeJS.ReadableStream,
  stderr: NodeJS.ReadableStream,
  code: Promise<number | null>,
): Promise<Ended> {
  const [out, err, exitCode] = await Promise.all([text(stdout), text(stderr), code]);
  return { code: exitCode, stdout: out, stderr: err };
}

const receta = (...args: string[]): Promise<Ended> => start(args).ended;

async function writePipeline(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return name;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-e2e-cli-'));
  await copyFile(join(root, 'examples/01-penguins/penguins.csv'), join(folder, 'penguins.csv'));
  await writePipeline('pipeline.yaml', pipeline);
  const up = await receta('up', '--detach');
  expect(up.code, up.stderr).toBe(0);
});

afterAll(async () => {
  await receta('down');
  await rm(folder, { recursive: true, force: true });
});

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
    const file = await writePipeline(
      'gated.yaml',
      `${pipeline.replace('birds', 'gated')}gates:\n  accuracy: { min: 1.01 }\n`,
    );
    const { code, stdout } = await receta('run', file, '--watch');
    expect(code).toBe(7);
    expect(stdout).toContain('registered, but refused by a gate');
  });

  it('ends with 1 and names step and cause when the data does not fit the pipeline', async () => {
    const file = await writePipeline('absent.yaml', pipeline.replace('species', 'specie'));
    const { code, stdout, stderr } = await receta('run', file, '--watch');
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed in step \w+: .*specie.*\(target-invalid\)/);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  });

  it('detaches at Ctrl-C; the run goes on until it is cancelled', async () => {
    const file = await writePipeline(
      'long.yaml',
      pipeline.replace('birds', 'long').replace('trials: 2, epochs: 5', 'trials: 4, epochs: 5000'),
    );
    const { child, ended } = start(['run', file, '--watch']);
    await new Promise<void>((resolve) => {
      let heard = '';
      child.stderr.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
        if (heard.includes('tune started')) resolve();
      });
    });
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    const runId = /receta runs cancel (\S+)/.exec(stderr)?.[1] ?? '';
    const shown = await receta('runs', 'show', runId, '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: 'running' });
    expect((await receta('runs', 'cancel', runId)).code).toBe(0);
    expect((await receta('runs', 'show', runId, '--watch')).code).toBe(8);
  });

  it('makes, pauses, resumes, triggers and deletes a schedule', async () => {
    const created = await receta('schedule', 'create', 'pipeline.yaml', '--every', '12h');
    expect(created.code, created.stderr).toBe(0);
    expect(created.stderr).toContain('give a URL for new data each time');
    const again = await receta('schedule', 'create', 'pipeline.yaml', '--every', '12h');
    expect(again.code).toBe(5);
    expect((await receta('schedule', 'pause', 'birds', '--note', 'holiday')).stdout).toContain(
      'paused',
    );
    expect((await receta('schedule', 'resume', 'birds')).stdout).toContain('active');
    const triggered = await receta('schedule', 'trigger', 'birds', '--json');
    const { runId } = JSON.parse(triggered.stdout) as { runId: string };
    expect((await receta('runs', 'show', runId, '--watch')).code).toBe(0);
    expect((await receta('schedule', 'delete', 'birds')).code).toBe(0);
    expect((await receta('schedule', 'resume', 'birds')).code).toBe(3);
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
