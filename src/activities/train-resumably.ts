import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoldData } from '../contract/activities.js';
import type { RunLimits, Task } from '../contract/pipeline-plan.js';
import type { Parameters } from '../contract/run-status.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { runTraining } from '../learning/trainer.js';
import type { EpochReport, TrainingResult } from '../learning/training-job.js';
import { readPlatformKey } from '../learning/training-platform.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Attempt } from './run-attempt.js';
import { TrainingCheckpoints } from './training-checkpoints.js';

/** A killed training repeats at most this many epochs. */
const checkpointEveryEpochs = 2;

export interface ResumableTraining {
  readonly runId: string;
  /** Names the training among those of its run. */
  readonly label: string;
  readonly task: Task;
  readonly data: FoldData;
  /** That of `data`. */
  readonly features: FeatureProgram;
  /** Hyperparameters of the model family. */
  readonly parameters: Parameters;
  readonly epochs: number;
  readonly seed: number;
  readonly limits: RunLimits;
  readonly onEpoch: (report: EpochReport) => void;
}

/** Trains in a child process, from the newest checkpoint that an earlier attempt left in the store. */
export async function trainResumably(
  deps: ActivityDependencies,
  attempt: Attempt,
  training: ResumableTraining,
): Promise<TrainingResult> {
  const { task, data, parameters, epochs, seed, limits, runId, label, onEpoch } = training;
  const { signal, log } = attempt;
  const folder = join(attempt.folder, label);
  await mkdir(folder, { recursive: true });
  const checkpoints = new TrainingCheckpoints(deps.objects, deps.artifacts, runId, label);
  const trainPath = join(folder, 'train.safetensors');
  const validationPath = join(folder, 'validation.safetensors');
  await Promise.all([
    deps.artifacts.getFile(data.train, trainPath, { signal }),
    deps.artifacts.getFile(data.validation, validationPath, { signal }),
  ]);
  const resumePath = await checkpoints.fetchNewest(folder, readPlatformKey(deps.backend));

  let saving: Promise<void> = Promise.resolve();
  const { target } = training.features;
  const result = await runTraining(
    {
      task,
      classCount: target.task === 'classification' ? target.classes.length : null,
      parameters,
      epochs,
      seed,
      checkpointEveryEpochs,
      trainPath,
      validationPath,
      resumePath,
      outputDir: folder,
    },
    {
      backend: deps.backend,
      deadlineMs: limits.trainDeadlineMs,
      memoryBytes: limits.trainMemoryBytes,
      signal,
      registry: deps.processes,
      onEpoch: (report) => {
        const { epoch, trainLoss, validationLoss } = report;
        log.info(`epoch ${epoch} of ${epochs}: train ${trainLoss}, validation ${validationLoss}`);
        onEpoch(report);
      },
      onCheckpoint: (checkpoint) => {
        // A store that is away must not end a training; the next checkpoint tries again.
        saving = saving
          .then(() => checkpoints.save(checkpoint))
          .catch((error: unknown) =>
            log.warn(`checkpoint ${checkpoint.epoch} not stored: ${error}`),
          );
      },
    },
  );
  await saving;
  return result;
}
