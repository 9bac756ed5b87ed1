import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { toCanonicalJson } from '../../artifacts/canonical-json.js';
import { toSha256 } from '../../artifacts/sha256.js';
import type { TrainingBackend } from '../../contract/run-record.js';
import { readPlatformKey } from '../backend/training-platform.js';
import { familyOf } from '../families.js';
import { decodeCheckpoint, type TrainingIdentity } from './checkpoint.js';
import { createCheckpointWriter } from './checkpoint-writer.js';
import type { CheckpointState, TrainedFamily, TrainingContext } from './family-trainer.js';
import { judge } from './judge.js';
import { loadTrainer } from './trainer-of.js';
import { readTrainingData, type TrainingData } from './training-data.js';
import type { TrainingMessage, TrainingProcessJob, TrainingResult } from './training-job.js';
import { assertBackend, writeTraining } from './write-training.js';

/** How long training may keep the event loop from hearing that the parent is gone. */
const breathEveryMs = 50;

/** Runs a whole training in this process: reads the data, trains, writes checkpoints, weights and predictions. */
export async function runTrainingJob(
  job: TrainingProcessJob,
  report: (message: TrainingMessage) => void,
): Promise<TrainingResult> {
  const train = await loadTrainer(job.model);
  const { classCount, classWeights } = job;
  const data = {
    train: await readTrainingData(job.trainPath, { classCount, classWeights }),
    // Models are judged by the rows as they are.
    validation: await readTrainingData(job.validationPath, { classCount, classWeights: 'none' }),
  };
  const backend = familyOf(job.model).backend(job.networks);
  const identity = identify(job, data, backend);
  const resumed =
    job.resumePath === null ? null : decodeCheckpoint(await readFile(job.resumePath), identity);
  const trained = await train(createContext(job, data, identity, resumed, report));
  assertBackend(backend, trained.backend);
  return {
    ...toOutcome(trained),
    ...(await writeTraining(job.outputDir, trained, data.validation.rowCount)),
    resumedFromEpoch: resumed?.epoch ?? null,
    platformKey: identity.platformKey,
  };
}

interface Parts {
  readonly train: TrainingData;
  readonly validation: TrainingData;
}

function createContext(
  job: TrainingProcessJob,
  { train, validation }: Parts,
  identity: TrainingIdentity,
  resumed: CheckpointState | null,
  report: (message: TrainingMessage) => void,
): TrainingContext {
  const nowMs = () => performance.now();
  const { epochs, networks, task, loss } = job;
  const rows = {
    task,
    y: validation.classes ?? validation.y,
    w: validation.w,
    ...(loss.kind === 'quantile' ? { alpha: loss.alpha } : {}),
  };
  const resumedFromEpoch = resumed?.epoch ?? null;
  return {
    ...{ job, train, validation, networks, resumed, nowMs },
    judge: (answers) => judge(job.objective, answers, rows),
    onEpoch: (losses, seconds) => {
      report({ kind: 'epoch', report: { ...losses, epochs, seconds, resumedFromEpoch } });
    },
    offerCheckpoint: createCheckpointWriter({
      folder: job.outputDir,
      everyMs: job.checkpointEveryMs,
      identity,
      nowMs,
      onCheckpoint: (written) => report({ kind: 'checkpoint', report: written }),
    }),
    breathe: createBreath(breathEveryMs),
  };
}

function identify(
  job: TrainingProcessJob,
  { train, validation }: Parts,
  backend: TrainingBackend,
): TrainingIdentity {
  const { model, task, classCount, loss, objective, classWeights } = job;
  const { parameters, outputs, epochs, seed } = job;
  const data = { train: train.sha256, validation: validation.sha256 };
  const decisive = {
    ...{ model, task, classCount, loss, objective, classWeights },
    ...{ parameters, outputs, epochs, seed, data },
  };
  return {
    platformKey: readPlatformKey(backend),
    jobSha256: toSha256(toCanonicalJson(decisive)),
  };
}

function toOutcome({
  predictor,
  bestEpoch,
  value,
  epochsRun,
  history,
  importance,
  backend,
}: TrainedFamily) {
  return { predictor, bestEpoch, value, epochsRun, history, importance, backend };
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
