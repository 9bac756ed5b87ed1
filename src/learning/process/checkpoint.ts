import { decodeSafetensors, encodeSafetensors } from '../../artifacts/safetensors.js';
import { RecetaError } from '../../contract/errors.js';
import type { CheckpointState } from './family-trainer.js';

/** Which training a checkpoint belongs to. */
export interface TrainingIdentity {
  /** Digest of the machine and the libraries. */
  readonly platformKey: string;
  /** Digest of everything else that decides the result; only an equal job may go on from the checkpoint. */
  readonly jobSha256: string;
}

const checkpointFormat = 'receta-checkpoint/2';

/** Encodes a checkpoint as one safetensors file; equal checkpoints give equal bytes. */
export function encodeCheckpoint(
  { platformKey, jobSha256 }: TrainingIdentity,
  { epoch, tensors, fields }: CheckpointState,
): Uint8Array {
  const state = JSON.stringify({ epoch, fields });
  return encodeSafetensors(tensors, { format: checkpointFormat, platformKey, jobSha256, state });
}

/**
 * Reads a checkpoint that this training may go on from.
 *
 * @param expected the training that would go on
 * @throws RecetaError `artifact-corrupt` when it is no checkpoint, `precondition-failed` when it is of another
 *   platform or job, so that going on would not give the undisturbed result
 */
export function decodeCheckpoint(bytes: Uint8Array, expected: TrainingIdentity): CheckpointState {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { format, platformKey = '', jobSha256 = '', state = '' } = metadata;
  if (format !== checkpointFormat)
    throw corrupt(`its format is '${format}', not '${checkpointFormat}'`);
  assertSame('platform', expected.platformKey, platformKey);
  assertSame('job', expected.jobSha256, jobSha256);
  return { ...parseState(state), tensors };
}

function assertSame(what: 'platform' | 'job', expected: string, found: string): void {
  if (expected === found) return;
  throw new RecetaError(
    'precondition-failed',
    `Resuming a training: the checkpoint is of another ${what} (${found.slice(0, 12)}, not ${expected.slice(0, 12)}), ` +
      'so going on from it would not give the same model. Start from the beginning, or from a checkpoint of its own.',
  );
}

function parseState(text: string): Pick<CheckpointState, 'epoch' | 'fields'> {
  try {
    const { epoch, fields } = JSON.parse(text) as CheckpointState;
    // The digest of the job shows that this version of the code wrote it, so one look is enough.
    if (Number.isSafeInteger(epoch) && epoch > 0 && fields !== undefined) return { epoch, fields };
  } catch (cause) {
    throw corrupt('its training state is not JSON', cause);
  }
  throw corrupt('its training state names no epoch');
}

function corrupt(found: string, cause?: unknown): RecetaError {
  return new RecetaError(
    'artifact-corrupt',
    `Reading a checkpoint: ${found}. Resume from an earlier checkpoint, or start from the beginning.`,
    { cause },
  );
}
