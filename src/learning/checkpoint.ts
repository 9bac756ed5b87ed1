import { decodeSafetensors, encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import { RecetaError } from '../contract/errors.js';
import type { StoppingState } from './early-stopping.js';
import type { OptimizerState } from './network-trainer.js';
import type { EpochLosses } from './training-job.js';

/** A training after a whole epoch: with the job itself, all that is needed to go on as if nothing had happened. */
export interface Checkpoint {
  readonly platformKey: string;
  /** Digest of everything that defines the training; only an equal job may go on from here. */
  readonly jobSha256: string;
  readonly epoch: number;
  readonly state: OptimizerState;
  readonly bestParameters: Float32Array;
  readonly stopping: StoppingState;
  readonly history: readonly EpochLosses[];
}

const checkpointFormat = 'receta-checkpoint/1';

/** Encodes a checkpoint as one safetensors file; equal checkpoints give equal bytes. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { state, bestParameters, platformKey, jobSha256, epoch, stopping, history } = checkpoint;
  const vector = (data: Float32Array): Tensor => ({ dtype: 'F32', shape: [data.length], data });
  const tensors = {
    parameters: vector(state.parameters),
    firstMoment: vector(state.firstMoment),
    secondMoment: vector(state.secondMoment),
    bestParameters: vector(bestParameters),
  };
  const training = { epoch, step: state.step, stopping, history };
  return encodeSafetensors(tensors, {
    format: checkpointFormat,
    platformKey,
    jobSha256,
    training: JSON.stringify(training),
  });
}

/**
 * Reads a checkpoint that this training may go on from.
 *
 * @param expected platform and job that would go on, and the number of its parameters
 * @throws RecetaError `artifact-corrupt` when it is no checkpoint, `precondition-failed` when it is of another
 *   platform or job, so that going on would not give the undisturbed result
 */
export function decodeCheckpoint(
  bytes: Uint8Array,
  expected: {
    readonly platformKey: string;
    readonly jobSha256: string;
    readonly parameterCount: number;
  },
): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { format, platformKey = '', jobSha256 = '', training = '' } = metadata;
  if (format !== checkpointFormat)
    throw corrupt(`its format is '${format}', not '${checkpointFormat}'`);
  assertSame('platform', expected.platformKey, platformKey);
  assertSame('job', expected.jobSha256, jobSha256);
  const vector = (name: string): Float32Array => {
    const data = tensors[name]?.data;
    if (!(data instanceof Float32Array) || data.length !== expected.parameterCount) {
      throw corrupt(`${name} is not a vector of ${expected.parameterCount} F32 values`);
    }
    return data;
  };
  const { epoch, step, stopping, history } = parseTraining(training);
  return {
    platformKey,
    jobSha256,
    epoch,
    state: {
      step,
      parameters: vector('parameters'),
      firstMoment: vector('firstMoment'),
      secondMoment: vector('secondMoment'),
    },
    bestParameters: vector('bestParameters'),
    stopping,
    history,
  };
}

function assertSame(what: 'platform' | 'job', expected: string, found: string): void {
  if (expected === found) return;
  throw new RecetaError(
    'precondition-failed',
    `Resuming a training: the checkpoint is of another ${what} (${found.slice(0, 12)}, not ${expected.slice(0, 12)}), ` +
      'so going on from it would not give the same model. Start from the beginning, or from a checkpoint of its own.',
  );
}

type TrainingFields = Pick<Checkpoint, 'epoch' | 'stopping' | 'history'> & {
  readonly step: number;
};

function parseTraining(text: string): TrainingFields {
  try {
    const fields = JSON.parse(text) as TrainingFields;
    // The digest of the job shows that this version of the code wrote it, so one look at its size is enough.
    if (fields.history.length === fields.epoch) return fields;
  } catch (cause) {
    throw corrupt('its training state is not JSON', cause);
  }
  throw corrupt('its history does not have one entry an epoch');
}

function corrupt(found: string, cause?: unknown): RecetaError {
  return new RecetaError(
    'artifact-corrupt',
    `Reading a checkpoint: ${found}. Resume from an earlier checkpoint, or start from the beginning.`,
    { cause },
  );
}
