import { randomSampler } from '../src/tuning/samplers/random-sampler.js';
import { tpeSampler } from '../src/tuning/samplers/tpe/tpe-sampler.js';
import { type BenchRow, printBenchReport } from './bench-report.js';
import { type Optuna, startOptuna } from './peers/optuna/start-optuna.js';
import { compareRegrets, type PairedRegrets } from './tuning/compare-regrets.js';
import { compareSamplers } from './tuning/compare-samplers.js';
import { measureRegret } from './tuning/measure-regret.js';
import { measureSuggestions } from './tuning/measure-suggestions.js';
import { parseTuningOptions } from './tuning/parse-tuning-options.js';
import type { TuningProblem } from './tuning/tuning-problem.js';

// How few trials our samplers need: TPE beside Python Optuna's, trial by trial on the same problems with the same noise
// (regret); samplers beside each other with 8 workers (workers); and what a suggestion costs (suggestions). Figures of
// regret are the same in every call, those of time are not.

const options = parseOptions();
const optuna = options.withPeers ? await startOptuna() : null;
try {
  printBenchReport('tuning', await measure());
} finally {
  await optuna?.stop();
}

function parseOptions() {
  try {
    return parseTuningOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

async function measure(): Promise<readonly BenchRow[]> {
  const { parts, problems, seeds } = options;
  const rows: BenchRow[] = [];
  if (parts.includes('suggestions')) {
    rows.push(await measureSuggestions(100, 30, tpeSampler, optuna));
    rows.push(await measureSuggestions(1000, 10, tpeSampler, optuna));
  }
  if (parts.includes('regret')) rows.push(...(await measureRegrets(optuna)));
  if (parts.includes('workers')) {
    const samplers = { tpe: { name: 'tpe', sampler: tpeSampler } };
    const random = { name: 'random', sampler: randomSampler };
    rows.push(...compareSamplers(samplers.tpe, random, problems, seeds));
  }
  return rows;
}

/** One row a problem, then all together. */
async function measureRegrets(peer: Optuna | null): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  const all: PairedRegrets[] = [];
  for (const problem of options.problems) {
    const pairs = await measureProblem(problem, peer);
    all.push(pairs);
    rows.push(toRow(`regret100.${problem.name}`, [pairs], peer));
    process.stderr.write(`${problem.name}: ${toText(pairs)}\n`);
  }
  const upper = compareRegrets(all).ratioUpper;
  return [
    ...rows,
    toRow('regret100.pooled', all, peer),
    ...(peer === null
      ? []
      : [
          {
            ...{ name: 'regret100.pooled.ratioUpper95', value: upper, unit: 'times the peer' },
            ...{ peer: null, peerValue: null, better: 'lower' as const },
          },
        ]),
  ];
}

async function measureProblem(problem: TuningProblem, peer: Optuna | null): Promise<PairedRegrets> {
  const own: number[] = [];
  const theirs: number[] = [];
  for (let seed = 0; seed < options.seeds; seed += 1) {
    own.push(await measureRegret(problem, seed, tpeSampler));
    if (peer === null) continue;
    peer.startStudy();
    theirs.push(
      await measureRegret(problem, seed, async (question) => {
        const { parameters } = await peer.suggest(question);
        return parameters;
      }),
    );
  }
  return { own, peer: theirs };
}

function toRow(name: string, pairs: readonly PairedRegrets[], peer: Optuna | null): BenchRow {
  const compared = compareRegrets(pairs);
  return {
    ...{ name, value: compared.own, unit: 'of the median regret', better: 'lower' },
    ...{ peer: peer?.name ?? null, peerValue: peer === null ? null : compared.peer },
  };
}

function toText(pairs: PairedRegrets): string {
  const { own, peer } = compareRegrets([pairs]);
  return `regret ${own.toPrecision(3)}, peer ${peer.toPrecision(3)}`;
}
