import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../src/contract/random-stream.js';
import type { SearchSpace } from '../../src/contract/search-space.js';
import { randomSampler } from '../../src/tuning/samplers/random-sampler.js';
import type { SamplerQuestion } from '../../src/tuning/samplers/sampler.js';
import { tpeSampler } from '../../src/tuning/samplers/tpe/tpe-sampler.js';
import { type Simulation, simulateWorkers } from './simulate-workers.js';

const space: SearchSpace = [{ kind: 'float', name: 'x', low: -1, high: 1 }];
const simulation: Simulation = {
  ...{ sampler: randomSampler, space, seed: 3, trialCount: 6, workers: 2 },
  evaluate: ({ x }) => Number(x) ** 2,
  durationOf: (number) => [5, 1, 1, 1, 4, 2][number] ?? 1,
};

/** What every suggestion saw: the numbers of the ended trials. */
function watch(change: Partial<Simulation>) {
  const ended: number[][] = [];
  const sampler = (question: SamplerQuestion) => {
    const done = question.trials.filter(({ state }) => state === 'complete');
    ended.push(done.map(({ number }) => number));
    return randomSampler(question);
  };
  const trials = simulateWorkers({ ...simulation, sampler, ...change });
  return { ended, times: trials.map(({ startedAt, endedAt }) => [startedAt, endedAt]) };
}

describe('simulateWorkers', () => {
  it('starts a trial whenever a worker is free, and shows it what has ended by then', () => {
    expect(watch({})).toEqual({
      times: [
        [0, 5],
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 7],
        [5, 7],
      ],
      ended: [[], [], [1], [1, 2], [1, 2, 3], [0, 1, 2, 3]],
    });
  });

  it('with a window, waits for the trials before it and shows these alone', () => {
    expect(watch({ window: 3 })).toEqual({
      times: [
        [0, 5],
        [0, 1],
        [1, 2],
        [5, 6],
        [5, 9],
        [6, 8],
      ],
      ended: [[], [], [], [0], [0, 1], [0, 1, 2]],
    });
  });

  it('with a window, tries the same whatever the number and the speed of the workers', () => {
    const play = (workers: number, seed: number) => {
      const random = createRandomStream(seed, 0);
      return simulateWorkers({
        ...simulation,
        ...{ sampler: tpeSampler, trialCount: 30, workers, window: 4 },
        durationOf: () => 0.1 + random(),
      }).map(({ parameters }) => parameters);
    };
    const wanted = play(1, 1);
    for (const workers of [2, 3, 4, 9]) expect(play(workers, workers)).toEqual(wanted);
  });

  it('without one, what is tried depends on what ended first', () => {
    const play = (workers: number) =>
      simulateWorkers({ ...simulation, sampler: tpeSampler, trialCount: 30, workers });
    expect(play(4).map(({ parameters }) => parameters)).not.toEqual(
      play(1).map(({ parameters }) => parameters),
    );
  });
});
