import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoldData } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { RunLimits, Task } from '../contract/pipeline-plan.js';
import type { Parameters } from '../contract/run-status.js';
import type { LearningPlan } from '../contract/training-plan.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { readPlatformKey } from '../learning/backend/training-platform.js';
import { familyOf } from '../learning/families.js';
import { runTraining } from '../learning/process/run-training.js';
import type { EpochReport, TrainingResult } from '../learning/process/training-job.js';
import { resolveLearning } from '../learning/resolve-learning.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Attempt } from './run-attempt.js';
import { TrainingCheckpoints } from './training-checkpoints.js';

/** A killed training repeats about so much at most. */
const checkpointEveryMs = 3_000;

export interface ResumableTraining {
  readonly runId: string;
  /** Names the training among those of its run. */
  readonly label: string;
  readonly task: Task;
  readonly data: FoldData;
  /** That of `data`. */
  readonly features: FeatureProgram;
  readonly model: ModelName;
  /** Hyperparameters of the model. */
  readonly parameters: Parameters;
  readonly learning: LearningPlan;
  /** Most epochs (of lightgbm: trees). */
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
  const { task, data, model, parameters, learning, epochs, seed, limits, runId, label } = training;
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
  const platformKey = readPlatformKey(familyOf(model).backend(deps.backend));
  const resumePath = await checkpoints.fetchNewest(folder, platformKey);

  let saving: Promise<void> = Promise.resolve();
  const { target, outputs } = training.features;
  const classCount = target.task === 'classification' ? target.classes.length : null;
  const result = await runTraining(
    {
      ...{ model, task, classCount, ...resolveLearning(learning, { task, classCount }) },
      classWeights: learning.classWeights,
      ...{ parameters, outputs, epochs, seed, checkpointEveryMs },
      ...{ trainPath, validationPath, resumePath },
      outputDir: folder,
    },
    {
      networks: deps.backend,
      deadlineMs: limits.trainDeadlineMs,
      memoryBytes: limits.trainMemoryBytes,
      signal,
      registry: deps.processes,
      pool: deps.children,
      onEpoch: (report) => {
        const { epoch, trainLoss, validationLoss } = report;
        log.info(`epoch ${epoch} of ${epochs}: train ${trainLoss}, validation ${validationLoss}`);
        training.onEpoch(report);
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
