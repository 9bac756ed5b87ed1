import type { Parameters } from '../../src/contract/run-status.js';
import type { SearchSpace } from '../../src/contract/search-space.js';
import type { ObservedTrial, Sampler } from '../../src/tuning/samplers/sampler.js';

export interface Simulation {
  readonly sampler: Sampler;
  readonly space: SearchSpace;
  readonly seed: number;
  readonly trialCount: number;
  readonly workers: number;
  /**
   * Order `fixed`: trial n starts once all up to n - window have ended, and its suggestion sees these and takes all later
   * ones for running. Without it, order `arrival`: a suggestion sees whatever has ended.
   */
  readonly window?: number;
  readonly evaluate: (parameters: Parameters, number: number) => number;
  /** How long a trial runs, in any unit; above 0. */
  readonly durationOf: (number: number) => number;
}

export interface SimulatedTrial extends ObservedTrial {
  readonly state: 'complete';
  readonly value: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * Plays a study on several workers without waiting for anything: whenever a worker is free it asks for the next trial,
 * and the sampler sees the trials of the others as running.
 *
 * @returns the trials in the order of their numbers
 */
export function simulateWorkers(simulation: Simulation): readonly SimulatedTrial[] {
  const { sampler, space, seed, window, evaluate, durationOf } = simulation;
  const freeAt = new Array<number>(simulation.workers).fill(0);
  const done: SimulatedTrial[] = [];
  for (let number = 0; number < simulation.trialCount; number += 1) {
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const settled = window === undefined ? [] : done.slice(0, Math.max(0, number - window + 1));
    const startedAt = Math.max(freeAt[worker] ?? 0, ...settled.map(({ endedAt }) => endedAt));
    const hasEnded = (trial: SimulatedTrial): boolean =>
      window === undefined ? trial.endedAt <= startedAt : trial.number <= number - window;
    const trials = done.map((trial) => (hasEnded(trial) ? trial : toRunning(trial)));
    const parameters = sampler({ space, trials, seed, number });
    const endedAt = startedAt + durationOf(number);
    const value = evaluate(parameters, number);
    const trial = { number, state: 'complete', parameters, value, reached: null } as const;
    done.push({ ...trial, startedAt, endedAt });
    freeAt[worker] = endedAt;
  }
  return done;
}

function toRunning({ number, parameters }: ObservedTrial): ObservedTrial {
  return { number, state: 'running', parameters, value: null, reached: null };
}
