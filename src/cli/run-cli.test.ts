import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StartRunOptions } from '../client/start-run.js';
import { RecetaError } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';
import { createRunDescription } from './render/testdata/create-run-description.js';
import { runCli } from './run-cli.js';
import { FakeSurroundings } from './testdata/fake-surroundings.js';

const pipeline = 'name: rows\nsource: rows.csv\ntarget: b\n';
const runId = 'rows-20261123-170812-4f9k2m';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-cli-'));
  await writeFile(join(folder, 'rows.csv'), 'a,b\n1,2\n');
  await writeFile(join(folder, 'pipeline.yaml'), pipeline);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function createService(looks: readonly RunDescription[] = []) {
  const started: StartRunOptions[] = [];
  const stored: string[] = [];
  let look = 0;
  const surroundings = new FakeSurroundings(
    {
      putSource: async (_, mediaType) => ({
        uri: 's3://receta/x',
        sha256: 'a'.repeat(64),
        sizeBytes: 8,
        mediaType,
      }),
      putBytes: async (bytes, mediaType) => {
        stored.push(Buffer.from(bytes).toString());
        return { uri: 's3://receta/y', sha256: 'b'.repeat(64), sizeBytes: bytes.length, mediaType };
      },
      startRun: async (options) => {
        started.push(options);
        return { runId, created: true };
      },
      describeRun: async () => {
        const current = looks[Math.min(look, looks.length - 1)];
        look += 1;
        if (current === undefined) throw new RecetaError('run-not-found', 'there is no such run');
        return current;
      },
      readPredictionExample: async () => ({ row: { x: 1 }, alias: 'champion' }),
    },
    { workingDirectory: folder },
  );
  return { surroundings, started, stored };
}

const succeeded = createRunDescription({
  runId,
  state: 'finished',
  outcome: 'succeeded',
  durationMs: 1000,
  model: { model: 'rows', version: 1 },
});

describe('receta', () => {
  it('prints its version on stdout', async () => {
    const { surroundings } = createService();
    expect(await runCli(['--version'], surroundings.dependencies)).toBe(0);
    expect(surroundings.stdout).toBe('1.2.3\n');
    expect(surroundings.stderr).toBe('');
  });

  it('lists all commands in its help', async () => {
    const { surroundings } = createService();
    expect(await runCli(['--help'], surroundings.dependencies)).toBe(0);
    for (const name of [
      ...['up', 'down', 'status', 'run', 'runs', 'predict', 'models'],
      ...['schedule', 'demo', 'doctor', 'worker', 'api', 'reproduce', 'lineage'],
    ]) {
      expect(surroundings.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
  });

  it('answers a misspelled command with a suggestion and exit code 2', async () => {
    const { surroundings } = createService();
    expect(await runCli(['rums'], surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toContain("unknown command 'rums'");
    expect(surroundings.stderr).toContain('Did you mean');
    expect(surroundings.stdout).toBe('');
  });

  it('shows no stack of an unexpected error', async () => {
    const surroundings = new FakeSurroundings({
      listRuns: () => Promise.reject(new TypeError('x is undefined')),
    });
    expect(await runCli(['runs', 'list'], surroundings.dependencies)).toBe(70);
    expect(surroundings.stderr).toBe(
      'error: x is undefined\nhint: this is a defect of Receta; RECETA_DEBUG=1 shows where it happened\n',
    );
  });
});

describe('receta run', () => {
  it('stores the source beside the pipeline file and starts a run with the reference', async () => {
    const { surroundings, started, stored } = createService();
    const args = ['run', 'pipeline.yaml', '--idempotency-key', 'k1', '--json'];
    expect(await runCli(args, surroundings.dependencies)).toBe(0);
    expect(started).toMatchObject([
      {
        plan: {
          name: 'rows',
          file: { sha256: 'b'.repeat(64), mediaType: 'application/yaml' },
          sources: { source: { location: { kind: 'artifacts', files: [{ name: 'rows.csv' }] } } },
        },
        cache: { recomputeFrom: null },
        limits: { sourceMaxBytes: 1_000_000 },
        idempotencyKey: 'k1',
      },
    ]);
    expect(stored).toEqual([pipeline]);
    expect(JSON.parse(surroundings.stdout)).toEqual({ runId, created: true });
    expect(surroundings.stderr).toContain('storing rows.csv, 8 B');
    expect(surroundings.openConnections).toBe(0);
  });

  it('puts parameters into the source and freezes their values with the run', async () => {
    const query = `transform: SELECT * FROM source WHERE a > \${params.least}\n`;
    await writeFile(
      join(folder, 'pipeline.yaml'),
      `name: rows\nparams: { part: none, least: 1 }\nsource: \${params.part}.csv\ntarget: b\n${query}`,
    );
    const { surroundings, started } = createService();
    const args = ['run', 'pipeline.yaml', '--param', 'part=rows', '--param', 'least=0.5'];
    expect(await runCli(args, surroundings.dependencies)).toBe(0);
    expect(started).toMatchObject([{ plan: { params: { part: 'rows', least: 0.5 } } }]);
    expect(surroundings.stderr).toContain('storing rows.csv');
  });

  it.each([
    [['--param', 'moth=1'], 'there is no parameter moth'],
    [['--param', 'month'], 'Give a name and a value'],
    [['--from', 'trian'], 'Did you mean train?'],
    [['--from', 'train', '--force'], "cannot be used with option '--from"],
  ])('refuses %j before it asks any server', async (options, words) => {
    const { surroundings, started } = createService();
    expect(await runCli(['run', 'pipeline.yaml', ...options], surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toContain(words);
    expect(started).toEqual([]);
  });

  it.each([
    [['--from', 'tune'], 'tune'],
    [['--force'], 'download'],
  ])('with %j computes again from the step %s on', async (options, recomputeFrom) => {
    const { surroundings, started } = createService();
    expect(await runCli(['run', 'pipeline.yaml', ...options], surroundings.dependencies)).toBe(0);
    expect(started).toMatchObject([{ cache: { recomputeFrom } }]);
  });

  it('stores the row numbers of a fixed split from the file that is named', async () => {
    const split = 'split: { rows: rows.json }\n';
    await writeFile(join(folder, 'pipeline.yaml'), pipeline + split);
    await writeFile(join(folder, 'rows.json'), '{"test": [3, 1], "validation": [0]}');
    const { surroundings, started, stored } = createService();
    expect(await runCli(['run', 'pipeline.yaml'], surroundings.dependencies)).toBe(0);
    expect(stored).toContain('{"validation":[0],"test":[1,3]}');
    expect(started).toMatchObject([
      { plan: { split: { type: 'fixed', rows: { mediaType: 'application/json' } } } },
    ]);
  });

  it('points to line and column of a mistake in the pipeline file, before it asks any server', async () => {
    await writeFile(join(folder, 'pipeline.yaml'), `${pipeline}tun: {}\n`);
    const { surroundings, started } = createService();
    expect(await runCli(['run', 'pipeline.yaml'], surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toMatch(/^error: The pipeline file pipeline\.yaml has 1 problem/);
    expect(surroundings.stderr).toMatch(/^ {2}pipeline\.yaml:4:1: .*tune/m);
    expect(started).toEqual([]);
  });

  it('tells that there is no pipeline file', async () => {
    const { surroundings } = createService();
    expect(await runCli(['run', 'nothing.yaml'], surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toContain('there is no such file');
  });

  it('with --watch tells each change on stderr, the summary on stdout, the outcome as exit code', async () => {
    const running = createRunDescription({ runId, steps: { download: { state: 'running' } } });
    const { surroundings } = createService([running, running, succeeded]);
    const args = ['run', 'pipeline.yaml', '--watch'];
    expect(await runCli(args, surroundings.dependencies)).toBe(0);
    expect(surroundings.stderr.split('\n').slice(2)).toEqual([
      `started run ${runId}`,
      `run ${runId} running`,
      'download started',
      'run succeeded in 1.0 s',
      '',
    ]);
    expect(surroundings.stdout).toContain('model rows version 1');
    expect(surroundings.stdout).toContain(`receta predict rows --row '{"x":1}'`);
  });

  it.each([
    ['failed', 1],
    ['rejected', 7],
    ['cancelled', 8],
  ] as const)(
    'with --watch ends with the exit code of a run that was %s',
    async (outcome, code) => {
      const { surroundings } = createService([{ ...succeeded, outcome }]);
      expect(await runCli(['run', 'pipeline.yaml', '--watch'], surroundings.dependencies)).toBe(
        code,
      );
    },
  );

  it('detaches at Ctrl-C and says how to come back and how to cancel', async () => {
    const { surroundings } = createService([createRunDescription({ runId })]);
    surroundings.onSleep = () => surroundings.interrupt();
    const args = ['run', 'pipeline.yaml', '--watch'];
    expect(await runCli(args, surroundings.dependencies)).toBe(130);
    expect(surroundings.stderr).toContain(`receta runs show ${runId} --watch`);
    expect(surroundings.stderr).toContain(`receta runs cancel ${runId}`);
    expect(surroundings.openConnections).toBe(0);
  });
});

describe('receta runs show --watch', () => {
  it('waits for services that are away, since the run does not depend on being watched', async () => {
    let looks = 0;
    const surroundings = new FakeSurroundings({
      describeRun: async () => {
        looks += 1;
        if (looks < 4) throw new RecetaError('temporal-unavailable', 'Temporal does not answer');
        return succeeded;
      },
    });
    const args = ['runs', 'show', runId, '--watch', '--json'];
    expect(await runCli(args, surroundings.dependencies)).toBe(0);
    expect(surroundings.stderr.match(/does not answer; the run goes on/g)).toHaveLength(1);
    expect(JSON.parse(surroundings.stdout)).toEqual(succeeded);
  });

  it('ends with exit code 3 for a run that does not exist', async () => {
    const { surroundings } = createService();
    const args = ['runs', 'show', 'nothing-1', '--watch'];
    expect(await runCli(args, surroundings.dependencies)).toBe(3);
    expect(surroundings.stderr).toContain('receta runs list');
  });
});

describe('receta predict', () => {
  it('sends a row to the version that was asked for and prints the answer', async () => {
    const urls: string[] = [];
    const surroundings = new FakeSurroundings(
      {},
      {
        fetch: async (url) => {
          urls.push(String(url));
          return new Response('{"predictions": ["Gentoo"]}');
        },
      },
    );
    const args = ['predict', 'penguins', '--row', '{"island": "Dream"}', '--version', '2'];
    expect(await runCli(args, surroundings.dependencies)).toBe(0);
    expect(urls).toEqual(['http://127.0.0.1:8080/v1/models/penguins/versions/2:predict']);
    expect(surroundings.stdout).toBe('Gentoo\n');
  });

  it.each([
    ['no rows', ['predict', 'm']],
    ['rows twice', ['predict', 'm', 'rows.json', '--row', '{}']],
    ['alias and version', ['predict', 'm', '--row', '{}', '--alias', 'a', '--version', '1']],
  ])('refuses %s', async (_, args) => {
    const { surroundings } = createService();
    expect(await runCli(args, surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toMatch(/^error: /);
  });
});

describe('receta down', () => {
  it('tells when there was nothing to stop', async () => {
    const surroundings = new FakeSurroundings({});
    expect(await runCli(['down'], surroundings.dependencies)).toBe(0);
    expect(surroundings.stdout).toBe('no stack is running here\n');
  });
});

describe('receta status', () => {
  it('prints the description as one JSON document', async () => {
    const surroundings = new FakeSurroundings({});
    expect(await runCli(['status', '--json'], surroundings.dependencies)).toBe(0);
    expect(JSON.parse(surroundings.stdout)).toEqual(surroundings.stack);
  });
});

describe('receta worker', () => {
  it('serves the queues it is given', async () => {
    const served: unknown[] = [];
    const surroundings = new FakeSurroundings(
      {},
      { runWorker: async (queues) => void served.push(queues) },
    );
    expect(await runCli(['worker', '--queues', 'data,train'], surroundings.dependencies)).toBe(0);
    expect(await runCli(['worker'], surroundings.dependencies)).toBe(0);
    expect(served).toEqual([['data', 'train'], null]);
  });

  it('refuses a queue that does not exist, naming those that do', async () => {
    const surroundings = new FakeSurroundings({});
    expect(await runCli(['worker', '--queues', 'trains'], surroundings.dependencies)).toBe(2);
    expect(surroundings.stderr).toContain('pipeline, data, train');
  });
});
