import { createRandomStream } from '../../src/contract/random-stream.js';
import type { SearchSpace } from '../../src/contract/search-space.js';
import { drawParameters } from '../../src/tuning/draw-parameters.js';
import type { ObservedTrial, Sampler, SamplerQuestion } from '../../src/tuning/samplers/sampler.js';
import { type BenchRow, median } from '../bench-report.js';
import type { Optuna } from '../peers/optuna/start-optuna.js';

/** Ten parameters such as a gradient boosting model has. */
const space: SearchSpace = [
  { kind: 'float', name: 'rate', low: 0.005, high: 0.3, log: true },
  { kind: 'float', name: 'lambda', low: 1e-4, high: 10, log: true },
  { kind: 'float', name: 'featureShare', low: 0.4, high: 1 },
  { kind: 'float', name: 'rowShare', low: 0.5, high: 1, step: 0.05 },
  { kind: 'float', name: 'smoothing', low: 0, high: 100 },
  { kind: 'int', name: 'leaves', low: 2, high: 512, log: true },
  { kind: 'int', name: 'leafRows', low: 1, high: 200 },
  { kind: 'int', name: 'depth', low: 3, high: 12 },
  { kind: 'categorical', name: 'growth', choices: ['leaf', 'depth'] },
  { kind: 'categorical', name: 'encoding', choices: ['one-hot', 'target', 'ordinal'] },
];

/** Milliseconds of a suggestion after so many finished trials, ours and the peer's in turn. */
export async function measureSuggestions(
  finished: number,
  rounds: number,
  sampler: Sampler,
  optuna: Optuna | null,
): Promise<BenchRow> {
  const trials = drawTrials(finished);
  const own: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const question: SamplerQuestion = { space, trials, seed: round, number: finished };
    const startedMs = performance.now();
    sampler(question);
    const ownMs = performance.now() - startedMs;
    optuna?.startStudy();
    const answer = await optuna?.suggest(question);
    // The first round only warms both up.
    if (round === 0) continue;
    own.push(ownMs);
    if (answer !== undefined) theirs.push(answer.seconds * 1000);
  }
  return {
    ...{ name: `suggestion${finished}Trials10Parameters`, value: median(own), unit: 'ms' },
    ...{ peer: optuna?.name ?? null, peerValue: optuna === null ? null : median(theirs) },
    better: 'lower',
  };
}

function drawTrials(count: number): readonly ObservedTrial[] {
  const random = createRandomStream(1, 0);
  return Array.from({ length: count }, (_, number) => {
    const parameters = drawParameters(space, random);
    return { number, state: 'complete', parameters, value: random(), reached: null };
  });
}
