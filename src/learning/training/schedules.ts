import type { ScheduleName } from './network-training-plan.js';

const warmUpShare = 0.05;
const oneCycleStart = 0.04;
const oneCyclePeak = 0.3;
const coslogRounds = 4;

/** Share of a setting that counts at progress t in [0, 1] of a training; for `plateau` see `findPlateauShare`. */
export function shareAt(schedule: ScheduleName, t: number): number {
  switch (schedule) {
    case 'constant':
    case 'plateau':
      return 1;
    case 'cosine':
      return fall(t);
    case 'warm-cosine':
      return t < warmUpShare ? t / warmUpShare : fall((t - warmUpShare) / (1 - warmUpShare));
    case 'coslog4':
      return (1 - Math.cos(2 * Math.PI * Math.log2(1 + (2 ** coslogRounds - 1) * t))) / 2;
    case 'flat-cosine':
      return t < 0.5 ? 1 : fall(2 * t - 1);
    case 'one-cycle':
      return t < oneCyclePeak
        ? oneCycleStart + (1 - oneCycleStart) * (1 - fall(t / oneCyclePeak))
        : fall((t - oneCyclePeak) / (1 - oneCyclePeak));
  }
}

/** Half a cosine from 1 at t = 0 to 0 at t = 1. */
function fall(t: number): number {
  return (1 + Math.cos(Math.PI * t)) / 2;
}

/**
 * Share of the schedule `plateau` after some epochs: halved each time that `patience` epochs have passed without an
 * objective below all before.
 *
 * @param objectives of the epochs so far, lower is better
 */
export function findPlateauShare(objectives: readonly number[], patience: number): number {
  let share = 1;
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const objective of objectives) {
    waited = objective < best ? 0 : waited + 1;
    best = Math.min(best, objective);
    if (waited < patience) continue;
    share /= 2;
    waited = 0;
  }
  return share;
}
