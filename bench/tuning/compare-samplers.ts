import { createRandomStream } from '../../src/contract/random-stream.js';
import type { Sampler } from '../../src/tuning/samplers/sampler.js';
import type { BenchRow } from '../bench-report.js';
import { bestRegret } from './best-regret.js';
import { compareRegrets, type PairedRegrets } from './compare-regrets.js';
import { noiseOf } from './noise-of.js';
import { simulateWorkers } from './simulate-workers.js';
import type { TuningProblem } from './tuning-problem.js';

const workers = 8;
const budgets = [50, 100] as const;
/** Of order `arrival` there is none. */
const windows = { arrival: undefined, fixed: 2 * workers } as const;

export interface NamedSampler {
  readonly name: string;
  readonly sampler: Sampler;
}

/** Two samplers with 8 workers at the same time, in both orders, over all problems. */
export function compareSamplers(
  own: NamedSampler,
  peer: NamedSampler,
  problems: readonly TuningProblem[],
  seeds: number,
): readonly BenchRow[] {
  return Object.entries(windows).flatMap(([order, window]) => {
    const regrets = problems.map((problem) => {
      process.stderr.write(
        `${own.name} and ${peer.name}, ${workers} workers, ${order}: ${problem.name}\n`,
      );
      const all = Array.from({ length: seeds }, (_, seed) =>
        [own, peer].map(({ sampler }) => regretsOf(problem, sampler, seed, window)),
      );
      return budgets.map(
        (_, i): PairedRegrets => ({
          own: all.map(([side]) => side?.[i] ?? Number.NaN),
          peer: all.map(([, side]) => side?.[i] ?? Number.NaN),
        }),
      );
    });
    return budgets.flatMap((budget, i) =>
      toRows(
        `workers${workers}.${order}.trials${budget}.${own.name}`,
        peer.name,
        regrets.flatMap((pairs) => pairs[i] ?? []),
      ),
    );
  });
}

function regretsOf(
  problem: TuningProblem,
  sampler: Sampler,
  seed: number,
  window: number | undefined,
): readonly number[] {
  const random = createRandomStream(seed, -1);
  const trials = simulateWorkers({
    ...{ sampler, space: problem.space, seed, workers },
    trialCount: Math.max(...budgets),
    ...(window === undefined ? {} : { window }),
    evaluate: (parameters, number) => problem.evaluate(parameters, noiseOf(seed, number)),
    durationOf: () => 0.5 + 1.5 * random(),
  });
  return budgets.map((budget) => bestRegret(problem, trials.slice(0, budget)));
}

function toRows(name: string, peer: string, pairs: readonly PairedRegrets[]): readonly BenchRow[] {
  const compared = compareRegrets(pairs);
  return [
    {
      ...{ name: `${name}.regret`, value: compared.own, unit: 'of the median regret' },
      ...{ peer, peerValue: compared.peer, better: 'lower' },
    },
    {
      ...{ name: `${name}.ratioUpper95`, value: compared.ratioUpper, unit: `times ${peer}` },
      ...{ peer: null, peerValue: null, better: 'lower' },
    },
  ];
}
