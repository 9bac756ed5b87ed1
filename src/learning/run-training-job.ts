import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { toSha256 } from '../artifacts/sha256.js';
import { writeFileAtomically } from '../artifacts/write-file-atomically.js';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import { buildNetwork } from './families/mlp/build-network.js';
import { parseMlpParameters } from './families/mlp/parse-parameters.js';
import { loadBackend } from './load-backend.js';
import type { NetworkSpec } from './network.js';
import type { OptimizerState } from './network-trainer.js';
import { encodeNetworkWeights, toNetworkWeights } from './network-weights.js';
import { countParameters } from './parameter-layout.js';
import { TensorTrainer } from './tensor-trainer.js';
import { startProgress, type TrainingProgress, trainNetwork } from './train-network.js';
import { readTrainingData, type TrainingData } from './training-data.js';
import type { TrainingMessage, TrainingProcessJob, TrainingResult } from './training-job.js';
import { readCpuFlagsSha256, toPlatformKey } from './training-platform.js';
import { drawInitialParameters } from './training-randomness.js';

/** How long training may keep the event loop from hearing that the parent is gone. */
const breathEveryMs = 50;

/** Runs a whole training in this process: reads the data, trains, writes checkpoints and the best weights. */
export async function runTrainingJob(
  job: TrainingProcessJob,
  report: (message: TrainingMessage) => void,
): Promise<TrainingResult> {
  const parameters = parseMlpParameters(job.parameters);
  const { task, classCount, epochs, seed } = job;
  const { tf, backend } = await loadBackend(job.backendName);
  const platform = { cpuFlagsSha256: readCpuFlagsSha256(), node: process.versions.node };
  const platformKey = toPlatformKey(platform, backend);
  const train = await readTrainingData(job.trainPath, classCount);
  const validation = await readTrainingData(job.validationPath, classCount);
  const network = buildNetwork(parameters, { inputWidth: train.width, classCount });
  const identity = { platformKey, jobSha256: hashJob(job, network, train, validation) };

  const resumed = await readCheckpoint(job, network, identity);
  const state = resumed?.state ?? createState(drawInitialParameters(network, seed));
  const { batchSize, learningRate, weightDecay } = parameters;
  const rates = { batchSize, learningRate, weightDecay };
  const breathe = createBreath(breathEveryMs);
  const plan = { task, network, train, validation, epochs, seed };
  const trainer = new TensorTrainer({ tf, ...plan, ...rates, state, breathe });

  const resumedFromEpoch = resumed?.epoch ?? null;
  const end = await trainNetwork(trainer, job, resumed ?? startProgress(state.parameters), {
    nowMs: () => performance.now(),
    onEpoch: (losses, seconds) => {
      report({ kind: 'epoch', report: { ...losses, epochs, seconds, resumedFromEpoch } });
    },
    onCheckpoint: async (progress) => {
      const checkpoint = { ...identity, ...progress, state: trainer.readState() };
      const path = await writeCheckpoint(job.outputDir, checkpoint);
      report({ kind: 'checkpoint', report: { epoch: progress.epoch, path, platformKey } });
    },
  });
  return {
    ...toOutcome(end),
    weights: await writeWeights(job.outputDir, network, end.bestParameters),
    network,
    resumedFromEpoch,
    backend,
    platformKey,
  };
}

function toOutcome({ epoch, stopping, history }: TrainingProgress) {
  // A training has at least one epoch, and each epoch a finite loss.
  const value = stopping.bestLoss as number;
  return { bestEpoch: stopping.bestEpoch, value, epochsRun: epoch, history };
}

/** Digest of what decides the result, beside the platform. */
function hashJob(
  job: TrainingProcessJob,
  network: NetworkSpec,
  train: TrainingData,
  validation: TrainingData,
): string {
  const { task, parameters, epochs, seed } = job;
  const data = { train: train.sha256, validation: validation.sha256 };
  return toSha256(toCanonicalJson({ task, parameters, epochs, seed, network, data }));
}

function createState(parameters: Float32Array): OptimizerState {
  const { length } = parameters;
  return {
    step: 0,
    parameters,
    firstMoment: new Float32Array(length),
    secondMoment: new Float32Array(length),
  };
}

async function readCheckpoint(
  job: TrainingProcessJob,
  network: NetworkSpec,
  identity: Pick<Checkpoint, 'platformKey' | 'jobSha256'>,
): Promise<Checkpoint | null> {
  if (job.resumePath === null) return null;
  const expected = { ...identity, parameterCount: countParameters(network) };
  return decodeCheckpoint(await readFile(job.resumePath), expected);
}

async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<string> {
  const name = `checkpoint-${String(checkpoint.epoch).padStart(6, '0')}.safetensors`;
  const path = join(folder, name);
  await writeFileAtomically(path, [encodeCheckpoint(checkpoint)]);
  return path;
}

async function writeWeights(
  folder: string,
  network: NetworkSpec,
  parameters: Float32Array,
): Promise<string> {
  const path = join(folder, 'weights.safetensors');
  const bytes = encodeNetworkWeights(network, toNetworkWeights(network, parameters));
  await writeFileAtomically(path, [bytes]);
  return path;
}

/** Lets the event loop turn once whenever `everyMs` have passed. */
function createBreath(everyMs: number): () => Promise<void> {
  let lastMs = performance.now();
  return async () => {
    if (performance.now() - lastMs < everyMs) return;
    await setImmediate();
    lastMs = performance.now();
  };
}
