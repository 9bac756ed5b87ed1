import type { TrainingJob } from '../../process/training-job.js';

/** A training as far as its network and plan depend on it. */
export interface NetworkJob
  extends Pick<TrainingJob, 'classCount' | 'loss' | 'objective' | 'outputs' | 'epochs'> {
  readonly trainRows: number;
}

/** Units of the last layer: one a class, or one. */
export function outputUnits(classCount: number | null): number {
  return classCount ?? 1;
}

export function outputKind(classCount: number | null): 'linear' | 'softmax' {
  return classCount === null ? 'linear' : 'softmax';
}
