import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../artifacts/safetensors.js';
import type { ModelName } from '../../contract/model-names.js';
import { childEntry } from '../../processes/child-entry.js';
import { ProcessRegistry } from '../../processes/process-registry.js';
import { runChild } from '../../processes/run-child.js';
import { runTraining, type TrainingOptions } from './run-training.js';
import { TrainingBench } from './testdata/training-bench.js';
import type { CheckpointReport, TrainingJob } from './training-job.js';

// Each training runs in its child, from the built tree, on the real library; a busy machine needs its time.
vi.setConfig({ testTimeout: 240_000 });

let bench: TrainingBench;
let job: TrainingJob;
beforeAll(async () => {
  bench = new TrainingBench(await mkdtemp(join(tmpdir(), 'receta-training-')));
  job = await bench.createJob('mlp', 'multiclass');
});
afterAll(() => rm(bench.folder, { recursive: true }));

/** Families that train long enough to be disturbed, one a library. */
const longTrainings: readonly ModelName[] = ['mlp', 'lightgbm'];

async function createLongJob(model: ModelName): Promise<TrainingJob> {
  return { ...(await bench.createJob(model, 'multiclass')), epochs: 20_000, checkpointEveryMs: 0 };
}

/**
 * Lets a training end in a certain way, and looks for what it left behind. Temporary files lie in its own folder, which
 * its caller removes.
 */
async function disturb(disturbed: TrainingJob, options: Partial<TrainingOptions>) {
  const processes = await mkdtemp(join(bench.folder, 'processes-'));
  const outputDir = await mkdtemp(join(bench.folder, 'disturbed-'));
  const pids: number[] = [];
  const ending = runTraining(
    { ...disturbed, outputDir },
    {
      ...{ networks: 'tensorflow', deadlineMs: 120_000, memoryBytes: 2 ** 31 },
      ...options,
      registry: new ProcessRegistry(processes),
      onEpoch: (report) => {
        options.onEpoch?.(report);
        if (pids.length > 0) return;
        void readdir(processes).then((names) =>
          pids.push(...names.map((name) => Number.parseInt(name, 10))),
        );
      },
    },
  );
  const error = await ending.then(
    () => expect.unreachable('the training was to fail'),
    (thrown: unknown) => thrown,
  );
  return {
    error,
    livingPids: pids.filter(isAlive),
    recordedPids: await readdir(processes),
    files: await readdir(outputDir),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const nothing = { livingPids: [], recordedPids: [] };
const isWhole = (name: string) => /^checkpoint-\d{6}\.safetensors$/.test(name);

describe.each(longTrainings)('a training of %s', (model) => {
  test('that is killed goes on where its newest checkpoint is, to the same bits', async () => {
    const short = {
      ...(await bench.createJob(model, 'multiclass')),
      epochs: 300,
      checkpointEveryMs: 0,
    };
    const undisturbed = await bench.train(short);
    const abort = new AbortController();
    const saved: CheckpointReport[] = [];
    const { error, files, ...left } = await disturb(short, {
      signal: abort.signal,
      onCheckpoint: (report) => {
        saved.push(report);
        if (saved.length === 1) abort.abort(new Error('killed'));
      },
    });
    expect(error).toMatchObject({ message: 'killed' });
    expect(left).toEqual(nothing);
    expect(files.filter((name) => !isWhole(name) && !name.endsWith('.partial'))).toEqual([]);
    const newest = saved.at(-1);

    const resumed = await bench.train({ ...short, resumePath: newest?.path ?? null });

    expect(resumed.result.resumedFromEpoch).toBe(newest?.epoch);
    expect(resumed.epochs[0]?.epoch).toBeGreaterThan(newest?.epoch ?? 0);
    expect(resumed.digests).toEqual(undisturbed.digests);
    expect(resumed.result.history).toEqual(undisturbed.result.history);
  });

  test('that is cancelled ends within three seconds and leaves no process or temporary file', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled by a test');
    let abortedAtMs = 0;
    const { error, files, ...left } = await disturb(await createLongJob(model), {
      signal: abort.signal,
      onEpoch: ({ epoch }) => {
        if (epoch < 5) return;
        abortedAtMs ||= performance.now();
        abort.abort(reason);
      },
    });
    expect(error).toBe(reason);
    expect(performance.now() - abortedAtMs).toBeLessThan(3_000);
    expect(left).toEqual(nothing);
    expect(files.filter((name) => !isWhole(name) && !name.endsWith('.partial'))).toEqual([]);
  });

  test('that needs more memory than it may have says so and leaves nothing', async () => {
    const { error, ...left } = await disturb(await createLongJob(model), {
      memoryBytes: 60 * 2 ** 20,
    });
    expect(error).toMatchObject({
      code: 'memory-limit-exceeded',
      message: expect.stringMatching(/60 MiB.*RECETA_TRAIN_MEMORY_BYTES/),
    });
    expect(left).toMatchObject(nothing);
  });

  test('that takes longer than its deadline says so and leaves nothing', async () => {
    const {
      error,
      files: _,
      ...left
    } = await disturb(
      { ...(await createLongJob(model)), checkpointEveryMs: 1e9 },
      // Early stopping ends trees soon, so their deadline falls into the start of the process.
      { deadlineMs: model === 'lightgbm' ? 150 : 2_500 },
    );
    expect(error).toMatchObject({ code: 'deadline-exceeded' });
    expect(left).toEqual(nothing);
  });
});

const broken = (rows: number): Readonly<Record<string, Tensor>> => ({
  x: {
    dtype: 'F32',
    shape: [rows, 4],
    data: Float32Array.from({ length: rows * 4 }, (_, i) => (i === 9 ? Number.NaN : (i % 7) / 7)),
  },
});

test.each(['linear', 'mlp', 'realmlp', 'tabm'] as const)(
  'a loss of %s that is no number ends the training, which leaves nothing',
  async (model) => {
    const trainPath = await bench.writePart('multiclass', 700, 1, broken);
    const diverging = { ...(await bench.createJob(model, 'multiclass')), trainPath };
    const { error, ...left } = await disturb(diverging, {});
    expect(error).toMatchObject({ code: 'training-diverged' });
    expect(left).toEqual({ ...nothing, files: [] });
  },
);

test('another seed gives another network', async () => {
  const [first, other] = await Promise.all([bench.train(job), bench.train({ ...job, seed: 2 })]);
  expect(other.digests).not.toEqual(first.digests);
});

test('a checkpoint of another job or another backend is refused', async () => {
  const { checkpoints } = await bench.train({ ...job, checkpointEveryMs: 0 });
  const resumePath = checkpoints[0]?.path ?? null;
  const refused = expect.objectContaining({ code: 'precondition-failed' });
  await expect(bench.train({ ...job, resumePath, seed: 2 })).rejects.toEqual(refused);
  await expect(bench.train({ ...job, resumePath }, { networks: 'wasm' })).rejects.toEqual(refused);
});

test('without a due checkpoint none is written', async () => {
  expect((await bench.train(job)).checkpoints).toEqual([]);
});

test.each(['mlp', 'realmlp', 'tabm'] as const)(
  'wasm trains %s to the same within rounding, and says that it was wasm',
  async (model) => {
    const short = { ...(await bench.createJob(model, 'multiclass')), epochs: 2 };
    const [native, wasm] = await Promise.all([
      bench.train(short),
      bench.train(short, { networks: 'wasm' }),
    ]);
    expect(wasm.result.backend).toMatchObject({ name: 'wasm', versions: { tfjs: '4.22.0' } });
    for (const [index, { validationLoss }] of native.result.history.entries()) {
      expect(wasm.result.history[index]?.validationLoss).toBeCloseTo(validationLoss, 3);
    }
  },
);

test('without the native library training is refused and the way to get it is told', async () => {
  const bare = join(bench.folder, 'bare');
  const built = dirname(dirname(dirname(childEntry('learning/process/training-child.js'))));
  const packages = join(dirname(built), 'node_modules');
  await mkdir(join(bare, 'node_modules'), { recursive: true });
  await cp(built, join(bare, 'dist'), { recursive: true });
  await writeFile(join(bare, 'package.json'), '{"type":"module"}');
  for (const name of await readdir(packages)) {
    if (name === '@tensorflow') continue;
    await symlink(join(packages, name), join(bare, 'node_modules', name));
  }
  const child = runChild({
    entry: join(bare, 'dist/learning/process/training-child.js'),
    label: 'The training process',
    job: { ...job, networks: 'tensorflow' },
    memoryLimitBytes: 2 ** 31,
    deadlineMs: 60_000,
    settingPrefix: 'RECETA_TEST',
  });
  await expect(child).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: expect.stringMatching(/tensorflow 2\.21\.0.*npm run setup.*RECETA_BACKEND=wasm/),
  });
});

test('a job that cannot be is refused before a process is started', async () => {
  const { width: _, ...parameters } = job.parameters;
  const impossible = {
    ...job,
    parameters: { ...parameters, depth: 3 },
    ...{ epochs: 0, checkpointEveryMs: -1, seed: Number.NaN },
  };
  await expect(bench.train(impossible)).rejects.toMatchObject({
    code: 'pipeline-invalid',
    problems: [
      { path: 'width' },
      { path: 'depth' },
      { path: 'epochs' },
      { path: 'seed' },
      { path: 'checkpointEveryMs' },
    ],
  });
});

test('data that is damaged is told apart from what a model cannot learn', async () => {
  const trainPath = join(bench.folder, 'damaged.safetensors');
  await writeFile(trainPath, (await readFile(job.trainPath)).subarray(0, 100));
  await expect(bench.train({ ...job, trainPath })).rejects.toMatchObject({
    code: 'artifact-corrupt',
  });
});
