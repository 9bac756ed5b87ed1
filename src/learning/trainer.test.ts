import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../artifacts/safetensors.js';
import { toSha256 } from '../artifacts/sha256.js';
import { createRandomStream } from '../contract/random-stream.js';
import { childEntry } from '../processes/child-entry.js';
import { runChild } from '../processes/run-child.js';
import { decodeNetworkWeights } from './network-weights.js';
import { predictBatch } from './predict-network.js';
import { runTraining, type TrainingOptions } from './trainer.js';
import type { CheckpointReport, EpochReport, TrainingJob } from './training-job.js';
import { readPlatformKey } from './training-platform.js';

// Each training runs in its child, from the built tree, on the real library; a busy machine needs its time.
vi.setConfig({ testTimeout: 120_000 });

const parameters = {
  layers: 2,
  width: 16,
  learningRate: 0.01,
  batchSize: 32,
  dropout: 0.2,
  weightDecay: 0.01,
};
const options: TrainingOptions = {
  backend: 'tensorflow',
  deadlineMs: 60_000,
  memoryBytes: 2 ** 31,
};

let folder: string;
let job: TrainingJob;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-trainer-'));
  const trainPath = await writePart('train', 1_000, 1);
  const validationPath = await writePart('validation', 300, 2);
  job = {
    ...{ task: 'classification', classCount: 3, parameters, epochs: 6, seed: 1 },
    ...{ checkpointEveryEpochs: 3, trainPath, validationPath, resumePath: null, outputDir: folder },
  };
});
afterAll(() => rm(folder, { recursive: true }));

/** Three classes by the sign of two curved borders. */
async function writePart(
  name: string,
  rows: number,
  seed: number,
  weights: Float32Array | null = null,
): Promise<string> {
  const random = createRandomStream(seed, 0);
  const x = Float32Array.from({ length: rows * 4 }, () => 2 * random() - 1);
  const y = Int32Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0] = x.subarray(row * 4, row * 4 + 2);
    return a * b > 0 ? 0 : a * a > b ? 1 : 2;
  });
  const path = join(folder, `${name}.safetensors`);
  await writeFile(
    path,
    encodeSafetensors({
      x: { dtype: 'F32', shape: [rows, 4], data: x },
      y: { dtype: 'I32', shape: [rows], data: y },
      ...(weights === null ? {} : { w: { dtype: 'F32', shape: [rows], data: weights } }),
    }),
  );
  return path;
}

/** Trains in a folder of its own. */
async function train(changes: Partial<TrainingJob> = {}, more: Partial<TrainingOptions> = {}) {
  const outputDir = await mkdtemp(join(folder, 'run-'));
  const epochs: EpochReport[] = [];
  const checkpoints: CheckpointReport[] = [];
  const result = await runTraining(
    { ...job, outputDir, ...changes },
    {
      ...options,
      onEpoch: (report) => void epochs.push(report),
      onCheckpoint: (report) => void checkpoints.push(report),
      ...more,
    },
  );
  const bytes = await readFile(result.weights);
  return { result, epochs, checkpoints, bytes, sha256: toSha256(bytes) };
}

test('the same seed gives the same weights, another seed gives others', async () => {
  const [first, again, other] = await Promise.all([train(), train(), train({ seed: 2 })]);
  expect(again.sha256).toBe(first.sha256);
  expect(again.result.history).toEqual(first.result.history);
  expect(other.sha256).not.toBe(first.sha256);
});

test('each epoch is reported, and the result says what it ran on', async () => {
  const { result, epochs, checkpoints } = await train();
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(
    epochs.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss })),
  ).toEqual(result.history);
  expect(checkpoints.map(({ epoch }) => epoch)).toEqual([3]);
  expect(result).toMatchObject({
    epochsRun: 6,
    value: Math.min(...result.history.map(({ validationLoss }) => validationLoss)),
    resumedFromEpoch: null,
    backend: { name: 'tensorflow', tfjsVersion: '4.22.0', tensorflowVersion: '2.21.0', threads: 1 },
    platformKey: readPlatformKey('tensorflow'),
  });
  expect(checkpoints[0]?.platformKey).toBe(result.platformKey);
});

test('a training that is killed and resumed ends with the same bits as an undisturbed one', async () => {
  // Small batches make an epoch long enough for the kill to fall before the end.
  const slow = { parameters: { ...parameters, batchSize: 4 } };
  const undisturbed = await train(slow);
  const abort = new AbortController();
  const saved: CheckpointReport[] = [];
  const killed = train(slow, {
    signal: abort.signal,
    onCheckpoint: (report) => {
      saved.push(report);
      abort.abort(new Error('killed'));
    },
  });
  await expect(killed).rejects.toThrow('killed');
  expect(saved.map(({ epoch }) => epoch)).toEqual([3]);

  const resumed = await train({ ...slow, resumePath: saved[0]?.path ?? null });

  expect(resumed.result.resumedFromEpoch).toBe(3);
  expect(resumed.epochs.map((report) => report.epoch)).toEqual([4, 5, 6]);
  expect(resumed.sha256).toBe(undisturbed.sha256);
  expect(resumed.result.history).toEqual(undisturbed.result.history);
});

test('a checkpoint of another job or another backend is refused', async () => {
  const { checkpoints } = await train();
  const resumePath = checkpoints[0]?.path ?? null;
  const refused = expect.objectContaining({ code: 'precondition-failed' });
  await expect(train({ resumePath, seed: 2 })).rejects.toEqual(refused);
  await expect(train({ resumePath }, { backend: 'wasm' })).rejects.toEqual(refused);
});

test('an abort ends the training and its process within three seconds', async () => {
  const abort = new AbortController();
  const reason = new Error('cancelled by a test');
  let abortedAtMs = 0;
  const training = train(
    { epochs: 10_000, parameters: { ...parameters, batchSize: 2 } },
    {
      signal: abort.signal,
      onEpoch: () => {
        abortedAtMs ||= performance.now();
        abort.abort(reason);
      },
    },
  );
  // runChild settles only after the whole process group is gone.
  await expect(training).rejects.toBe(reason);
  expect(performance.now() - abortedAtMs).toBeLessThan(3_000);
});

test('a diverging training says so', async () => {
  await expect(train({ parameters: { ...parameters, learningRate: 1e6 } })).rejects.toMatchObject({
    code: 'training-diverged',
    message: expect.stringContaining('smaller learningRate'),
  });
});

test('wasm learns the same thing within rounding, and says that it was wasm', async () => {
  const [native, wasm] = await Promise.all([
    train({ epochs: 2 }),
    train({ epochs: 2 }, { backend: 'wasm' }),
  ]);
  expect(wasm.result.backend).toMatchObject({ name: 'wasm', tensorflowVersion: null });
  for (const [index, { validationLoss }] of native.result.history.entries()) {
    expect(wasm.result.history[index]?.validationLoss).toBeCloseTo(validationLoss, 4);
  }
});

/** The mean loss of each validation row by its weight, computed from the written weights without TensorFlow. */
async function lossWithoutTensorflow(
  { result, bytes }: Awaited<ReturnType<typeof train>>,
  validationPath: string,
): Promise<number> {
  const weights = decodeNetworkWeights(result.network, bytes);
  const { x, y, w } = decodeSafetensors(await readFile(validationPath)).tensors;
  const probabilities = predictBatch(result, weights, x?.data as Float32Array);
  let [sum, weightSum] = [0, 0];
  for (const [row, target] of Array.from(y?.data ?? []).entries()) {
    const weight = w?.data[row] ?? 1;
    sum -= weight * Math.log(probabilities[row * 3 + target] as number);
    weightSum += weight;
  }
  return sum / weightSum;
}

test('the written weights reproduce the reported validation loss without TensorFlow', async () => {
  const trained = await train({ epochs: 3 });
  expect(await lossWithoutTensorflow(trained, job.validationPath)).toBeCloseTo(
    trained.result.value,
    5,
  );
});

test('rows count by their weights, in training and in the validation loss', async () => {
  const toWeights = (rows: number) => Float32Array.from({ length: rows }, (_, row) => row % 4);
  const trainPath = await writePart('weighted-train', 1_000, 1, toWeights(1_000));
  const validationPath = await writePart('weighted-validation', 300, 2, toWeights(300));
  const [plain, weighted] = await Promise.all([
    train({ epochs: 3, validationPath }),
    train({ epochs: 3, trainPath, validationPath }),
  ]);
  for (const trained of [plain, weighted]) {
    const expected = await lossWithoutTensorflow(trained, validationPath);
    expect(trained.result.value).toBeCloseTo(expected, 5);
  }
  expect(weighted.sha256).not.toBe(plain.sha256);
});

test('without the native library training is refused and the way to get it is told', async () => {
  const bare = join(folder, 'bare');
  const source = dirname(dirname(childEntry('learning/training-child.js')));
  await mkdir(bare);
  await cp(source, join(bare, 'dist'), { recursive: true });
  await writeFile(join(bare, 'package.json'), '{"type":"module"}');
  const child = runChild({
    entry: join(bare, 'dist/learning/training-child.js'),
    label: 'The training process',
    job: { ...job, backendName: 'tensorflow' },
    memoryLimitBytes: 2 ** 31,
    deadlineMs: 60_000,
    settingPrefix: 'RECETA_TEST',
  });
  await expect(child).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: expect.stringMatching(/TensorFlow 2\.21\.0.*npm run setup.*RECETA_BACKEND=wasm/),
  });
});

test('a job that cannot be is refused before a process is started', async () => {
  const impossible = train({ epochs: 0, checkpointEveryEpochs: 1.5, seed: Number.NaN });
  await expect(impossible).rejects.toMatchObject({
    code: 'pipeline-invalid',
    problems: [{ path: 'epochs' }, { path: 'checkpointEveryEpochs' }, { path: 'seed' }],
  });
});
