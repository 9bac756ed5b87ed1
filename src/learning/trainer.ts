import { type Problem, RecetaError } from '../contract/errors.js';
import type { TrainingBackend } from '../contract/run-record.js';
import { childEntry } from '../processes/child-entry.js';
import type { ProcessRegistry } from '../processes/process-registry.js';
import { runChild } from '../processes/run-child.js';
import { parseMlpParameters } from './families/mlp/parse-parameters.js';
import type {
  CheckpointReport,
  EpochReport,
  TrainingJob,
  TrainingMessage,
  TrainingProcessJob,
  TrainingResult,
} from './training-job.js';

export interface TrainingOptions {
  readonly backend: TrainingBackend['name'];
  readonly deadlineMs: number;
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
  readonly registry?: ProcessRegistry;
  readonly onEpoch?: (report: EpochReport) => void;
  /** The file is complete and stays as it is. */
  readonly onCheckpoint?: (report: CheckpointReport) => void;
}

/** TensorFlow takes its thread counts from the environment alone; oneDNN would round differently on other machines. */
const trainingEnvironment = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '3',
  OMP_NUM_THREADS: '1',
} as const;

/**
 * Trains one model in a child process of its own, on one thread.
 *
 * Errors: `pipeline-invalid` (parameters, epochs), `training-diverged`, `backend-unavailable`, `dataset-invalid`,
 * `artifact-corrupt` and `precondition-failed` (data or checkpoint), and those of `runChild`: the memory limit, the
 * deadline, a crash, or the signal's reason.
 */
export async function runTraining(
  job: TrainingJob,
  options: TrainingOptions,
): Promise<TrainingResult> {
  assertJob(job);
  const { backend, deadlineMs, memoryBytes, signal, registry, onEpoch, onCheckpoint } = options;
  return runChild<TrainingProcessJob, TrainingMessage, TrainingResult>({
    entry: childEntry('learning/training-child.js'),
    label: 'The training process',
    job: { ...job, backendName: backend },
    env: trainingEnvironment,
    memoryLimitBytes: memoryBytes,
    deadlineMs,
    settingPrefix: 'RECETA_TRAIN',
    ...(signal === undefined ? {} : { signal }),
    ...(registry === undefined ? {} : { registry }),
    onMessage: (message) => {
      if (message.kind === 'epoch') onEpoch?.(message.report);
      else onCheckpoint?.(message.report);
    },
  });
}

/** Finds a wrong job before a process is started for it. */
function assertJob(job: TrainingJob): void {
  parseMlpParameters(job.parameters);
  const problems: Problem[] = (['epochs', 'checkpointEveryEpochs'] as const)
    .filter((name) => !Number.isSafeInteger(job[name]) || job[name] < 1)
    .map((name) => ({
      path: name,
      message: `${name} must be a positive integer, but is ${job[name]}`,
    }));
  if (!Number.isSafeInteger(job.seed)) {
    problems.push({ path: 'seed', message: `seed must be an integer, but is ${job.seed}` });
  }
  if (problems.length > 0) {
    const found = problems.map((problem) => problem.message).join('; ');
    throw new RecetaError('pipeline-invalid', `Starting a training: ${found}.`, { problems });
  }
}
