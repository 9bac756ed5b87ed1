import { join } from 'node:path';
import { writeFileAtomically } from '../../artifacts/write-file-atomically.js';
import { encodeCheckpoint, type TrainingIdentity } from './checkpoint.js';
import type { TrainingContext } from './family-trainer.js';
import type { CheckpointReport } from './training-job.js';

export interface CheckpointWriterOptions {
  readonly folder: string;
  readonly everyMs: number;
  readonly identity: TrainingIdentity;
  readonly nowMs: () => number;
  readonly onCheckpoint: (report: CheckpointReport) => void;
}

/** Writes a checkpoint whenever one is offered so long after the last one, or after the beginning. */
export function createCheckpointWriter({
  folder,
  everyMs,
  identity,
  nowMs,
  onCheckpoint,
}: CheckpointWriterOptions): TrainingContext['offerCheckpoint'] {
  let lastMs = nowMs();
  return async (epoch, read) => {
    if (nowMs() - lastMs < everyMs) return;
    const path = join(folder, `checkpoint-${String(epoch).padStart(6, '0')}.safetensors`);
    await writeFileAtomically(path, [encodeCheckpoint(identity, { ...read(), epoch })]);
    lastMs = nowMs();
    onCheckpoint({ epoch, path, platformKey: identity.platformKey });
  };
}
