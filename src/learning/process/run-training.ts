import { type Problem, RecetaError } from '../../contract/errors.js';
import type { NetworkBackendName } from '../../contract/run-record.js';
import { childEntry } from '../../processes/child-entry.js';
import type { ChildPool } from '../../processes/child-pool.js';
import type { ProcessRegistry } from '../../processes/process-registry.js';
import { runChild } from '../../processes/run-child.js';
import { validateParameters } from '../../tuning/validate-parameters.js';
import { familyOf } from '../families.js';
import { trainingEnvironment } from './training-environment.js';
import type {
  CheckpointReport,
  EpochReport,
  TrainingJob,
  TrainingMessage,
  TrainingProcessJob,
  TrainingResult,
} from './training-job.js';

export interface TrainingOptions {
  /** Where networks are trained; other families have their own libraries. */
  readonly networks: NetworkBackendName;
  readonly deadlineMs: number;
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
  readonly registry?: ProcessRegistry;
  /** Where training processes wait for further trainings; default: each training has a process of its own. */
  readonly pool?: ChildPool;
  readonly onEpoch?: (report: EpochReport) => void;
  /** The file is complete and stays as it is. */
  readonly onCheckpoint?: (report: CheckpointReport) => void;
}

/**
 * Trains one model in a child process, on one thread.
 *
 * Errors: `pipeline-invalid` (parameters, epochs, what the model cannot learn), `training-diverged`,
 * `backend-unavailable`, `dataset-invalid`, `artifact-corrupt` and `precondition-failed` (data or checkpoint), and
 * those of `runChild`: the memory limit, the deadline, a crash, or the signal's reason.
 */
export async function runTraining(
  job: TrainingJob,
  options: TrainingOptions,
): Promise<TrainingResult> {
  assertJob(job);
  const { networks, deadlineMs, memoryBytes, signal, registry, pool } = options;
  return runChild<TrainingProcessJob, TrainingMessage, TrainingResult>({
    entry: childEntry('learning/process/training-child.js'),
    label: 'The training process',
    job: { ...job, networks },
    library: familyOf(job.model).backend(networks).name,
    env: trainingEnvironment,
    memoryLimitBytes: memoryBytes,
    deadlineMs,
    settingPrefix: 'RECETA_TRAIN',
    ...(signal === undefined ? {} : { signal }),
    ...(registry === undefined ? {} : { registry }),
    ...(pool === undefined ? {} : { pool, afterwards: 'keep' }),
    onMessage: (message) => {
      if (message.kind === 'epoch') options.onEpoch?.(message.report);
      else options.onCheckpoint?.(message.report);
    },
  });
}

/** Finds a wrong job before a process is started for it. */
function assertJob(job: TrainingJob): void {
  const family = familyOf(job.model);
  const problems: Problem[] = [...validateParameters(family.acceptedParameters, job.parameters)];
  const expect = (path: 'epochs' | 'seed' | 'checkpointEveryMs', ok: boolean, what: string) => {
    if (ok) return;
    problems.push({ path, message: `${path} must be ${what}, but is ${job[path]}` });
  };
  expect('epochs', Number.isSafeInteger(job.epochs) && job.epochs > 0, 'a positive integer');
  expect('seed', Number.isSafeInteger(job.seed), 'an integer');
  expect('checkpointEveryMs', job.checkpointEveryMs >= 0, 'a number of 0 or more');
  if (problems.length === 0) return;
  const found = problems.map((problem) => problem.message).join('; ');
  throw new RecetaError('pipeline-invalid', `Starting a training of ${job.model}: ${found}.`, {
    problems,
  });
}
