import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decodeSafetensors, type Tensor } from '../../artifacts/safetensors.js';
import { type ModelName, modelNames } from '../../contract/model-names.js';
import { ChildPool } from '../../processes/child-pool.js';
import { ProcessRegistry } from '../../processes/process-registry.js';
import { readPlatformKey } from '../backend/training-platform.js';
import { familyOf } from '../families.js';
import { createMemberPredictor } from '../model/create-member.js';
import { judge } from './judge.js';
import { type Question, type Trained, TrainingBench } from './testdata/training-bench.js';
import type { TrainingJob } from './training-job.js';

// What every family owes, seen on the real libraries; a busy machine needs its time.
vi.setConfig({ testTimeout: 240_000 });

/** Presets share everything but their settings with the family that they are named after. */
const families: readonly ModelName[] = ['linear', 'lightgbm', 'mlp', 'realmlp', 'tabm'];

let bench: TrainingBench;
beforeAll(async () => {
  bench = new TrainingBench(await mkdtemp(join(tmpdir(), 'receta-families-')));
});
afterAll(() => rm(bench.folder, { recursive: true }));

async function readTensor(path: string, name: string): Promise<Tensor['data']> {
  const tensor = decodeSafetensors(await readFile(path)).tensors[name];
  if (tensor === undefined) throw new Error(`${path} has no ${name}`);
  return tensor.data;
}

/** What the written model answers for a part, in plain TypeScript. */
async function answerPlainly({ result }: Trained, path: string): Promise<Float32Array> {
  const { tensors } = decodeSafetensors(await readFile(result.weights));
  const x = (await readTensor(path, 'x')) as Float32Array;
  return createMemberPredictor(result.predictor, tensors).answer(x);
}

/** The mean, or the share of each class, for every row. */
function answerDully(y: Float32Array | Int32Array, question: Question): Float32Array {
  if (question === 'regression') {
    return new Float32Array(y.length).fill(Array.from(y).reduce((a, b) => a + b, 0) / y.length);
  }
  const classes = question === 'binary' ? [0, 1] : [0, 1, 2];
  const shares = classes.map((index) => y.filter((target) => target === index).length / y.length);
  return Float32Array.from(Array.from(y, () => shares).flat());
}

async function expectToLearn(model: ModelName, question: Question): Promise<void> {
  const job = await bench.createJob(model, question);
  const trained = await bench.train(job);
  const { result } = trained;
  const predictions = (await readTensor(result.predictions, 'p')) as Float32Array;
  const y = (await readTensor(job.validationPath, 'y')) as Float32Array | Int32Array;
  const rows = { task: job.task, y, w: null };
  expect(judge(job.objective, predictions, rows).value).toBeCloseTo(result.value, 9);
  expect(result.value).toBeLessThan(judge(job.objective, answerDully(y, question), rows).value);
  const plain = await answerPlainly(trained, job.validationPath);
  expect(plain).toHaveLength(predictions.length);
  for (const [index, value] of predictions.entries()) {
    const difference = Math.abs((plain[index] ?? Number.NaN) - value);
    expect(difference).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(value)));
  }
}

test.each(modelNames.filter((model) => !families.includes(model)))(
  '%s, a preset, learns, and its plain predictor answers like its trainer',
  (model) => expectToLearn(model, 'multiclass'),
);

describe.each(families)('%s', (model) => {
  test.each<Question>(['regression', 'binary', 'multiclass'])(
    'learns a %s, and its plain predictor answers like its trainer',
    (question) => expectToLearn(model, question),
  );

  test('says what it ran on and tells each epoch', async () => {
    const job = await bench.createJob(model, 'binary');
    const { result, epochs } = await bench.train(job);
    const backend = familyOf(model).backend('tensorflow');
    expect(result).toMatchObject({ backend, platformKey: readPlatformKey(backend) });
    expect(epochs.at(-1)?.epoch).toBe(result.epochsRun);
    expect(epochs.map(({ epoch }) => epoch)).toEqual(result.history.map(({ epoch }) => epoch));
    expect(Object.keys(result.history[0]?.metrics ?? {}).sort()).toEqual([
      'accuracy',
      'logLoss',
      'rocAuc',
    ]);
    const lowest = Math.min(...result.history.map(({ validationLoss }) => validationLoss));
    // Boosting reports every tenth tree, and its best may lie between two reports.
    if (model === 'lightgbm') expect(result.value).toBeLessThanOrEqual(lowest);
    else expect(lowest).toBe(result.value);
    const best = result.history.find(({ epoch }) => epoch === result.bestEpoch);
    expect(best?.validationLoss ?? result.value).toBe(result.value);
  });

  test('gives the same bits for the same seed in two processes', async () => {
    const job = await bench.createJob(model, 'multiclass');
    const [first, again] = await Promise.all([bench.train(job), bench.train(job)]);
    expect(again.digests).toEqual(first.digests);
    expect(again.result.history).toEqual(first.result.history);
  });

  test('gives the same bits in a process that has trained before', async () => {
    const pool = new ChildPool();
    const registry = new ProcessRegistry(join(bench.folder, `processes-${model}`));
    const seen = vi.spyOn(registry, 'record');
    const job = await bench.createJob(model, 'multiclass');
    try {
      await bench.train(await bench.createJob(model, 'regression'), { pool, registry });
      const second = await bench.train(job, { pool, registry });
      const alone = await bench.train(job);
      expect(second.digests).toEqual(alone.digests);
      expect(second.result.history).toEqual(alone.result.history);
      const pids = seen.mock.calls.map(([{ pid }]) => pid);
      expect(pids).toEqual([pids[0], pids[0]]);
    } finally {
      await pool.close();
    }
  });

  test('goes on from a checkpoint as if nothing had happened', async () => {
    const job = { ...(await bench.createJob(model, 'multiclass')), checkpointEveryMs: 0 };
    const undisturbed = await bench.train(job);
    const { checkpoints } = undisturbed;
    expect(checkpoints.length).toBeGreaterThan(0);
    const middle = checkpoints[Math.floor(checkpoints.length / 2)];
    const resumed = await bench.train({ ...job, resumePath: middle?.path ?? null });
    expect(resumed.result.resumedFromEpoch).toBe(middle?.epoch);
    expect(resumed.digests).toEqual(undisturbed.digests);
    expect(resumed.result.history).toEqual(undisturbed.result.history);
    expect(resumed.result).toMatchObject({
      value: undisturbed.result.value,
      bestEpoch: undisturbed.result.bestEpoch,
    });
  });

  test('counts rows by their weights, and rare classes as much as others', async () => {
    const job = await bench.createJob(model, 'binary');
    const weigh = (rows: number) =>
      ({
        w: {
          dtype: 'F32',
          shape: [rows],
          data: Float32Array.from({ length: rows }, (_, row) => row % 3),
        },
      }) as const;
    const trainPath = await bench.writePart('binary', 700, 1, weigh);
    const changes: Partial<TrainingJob>[] = [{}, { trainPath }, { classWeights: 'balanced' }];
    const [plain, weighted, balanced] = await Promise.all(
      changes.map((change) => bench.train({ ...job, ...change })),
    );
    expect(weighted?.digests).not.toEqual(plain?.digests);
    // The second class is the rare one.
    const shareOf = async (trained: Trained | undefined) => {
      const p = (await readTensor(trained?.result.predictions ?? '', 'p')) as Float32Array;
      return p.filter((_, index) => index % 2 === 1).reduce((sum, value) => sum + value, 0);
    };
    expect(await shareOf(balanced)).toBeGreaterThan(await shareOf(plain));
  });

  test('leaves nothing in its folder beside what it says', async () => {
    const { folder, result } = await bench.train(await bench.createJob(model, 'regression'));
    const names = [result.weights, result.predictions].map((path) => path.slice(folder.length + 1));
    expect((await readdir(folder)).sort()).toEqual(names.sort());
  });
});
