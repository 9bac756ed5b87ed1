import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunDescription } from '../src/contract/run-description.js';
import { type BenchRow, median, printBenchReport } from './bench-report.js';
import { type BenchService, startBenchService } from './bench-service.js';
import { type KerasOptuna, prepareKerasOptuna } from './peers/keras-optuna/run-keras-optuna.js';

// What somebody would write as a script, as a durable job: diamonds without sizes of zero, logarithm of the price,
// one-hot, 10 trials of an MLP for 3 epochs, the best one for 20, measured on test rows. Ours counts from the POST to
// the finished run on the running service, nothing taken over from earlier runs; the script from its start to its end.

const quick = process.argv.includes('--quick');
const withPeers = !process.argv.includes('--no-peers');
const rounds = quick ? 2 : 5;
const warmUps = quick ? 0 : 1;

const dataPath = fileURLToPath(
  new URL('../../examples/02-diamonds/diamonds.csv.gz', import.meta.url),
);
if (!existsSync(dataPath)) throw new Error(`${dataPath} is missing`);

interface JobTimes {
  readonly seconds: number[];
  readonly rmse: number[];
}

const peer = withPeers ? prepareKerasOptuna() : null;
const service = await startBenchService();
try {
  printBenchReport('job', await measure(service, peer));
} finally {
  await service.stop();
}

/** Ours and the peer in turn, each round with another seed; the first round only warms both up. */
async function measure(ours: BenchService, script: KerasOptuna | null): Promise<BenchRow[]> {
  const own: JobTimes = { seconds: [], rmse: [] };
  const theirs: JobTimes = { seconds: [], rmse: [] };
  const source = await ours.upload(dataPath);
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const job = await runJob(ours, source, round);
    const peerJob = await script?.run(dataPath, round);
    const told =
      peerJob === undefined
        ? ''
        : `, peer ${peerJob.seconds.toFixed(1)} s ${peerJob.rmse.toFixed(4)}`;
    process.stderr.write(`${job.seconds.toFixed(1)} s ${job.rmse.toFixed(4)}${told}\n`);
    if (round < warmUps) continue;
    own.seconds.push(job.seconds);
    own.rmse.push(job.rmse);
    if (peerJob === undefined) continue;
    theirs.seconds.push(peerJob.seconds);
    theirs.rmse.push(peerJob.rmse);
  }
  const row = (name: string, unit: string, part: keyof JobTimes): BenchRow => ({
    ...{ name, unit, value: median(own[part]), better: 'lower' },
    peer: script?.name ?? null,
    peerValue: script === null ? null : median(theirs[part]),
  });
  return [row('postToFinished', 's', 'seconds'), row('rmseLogPrice', 'ln', 'rmse')];
}

async function runJob(
  ours: BenchService,
  source: object,
  seed: number,
): Promise<{ readonly seconds: number; readonly rmse: number }> {
  const { run, elapsedMs } = await ours.run({
    recomputeFrom: 'download',
    pipeline: {
      ...{ name: 'diamonds-job', source, target: 'log_price', models: ['mlp'] },
      transform:
        'SELECT * EXCLUDE (price), ln(price) AS log_price FROM source WHERE x > 0 AND y > 0 AND z > 0',
      features: {
        defaults: { category: { encode: 'one-hot' } },
        target: { transform: 'none' },
      },
      split: { type: 'fixed', seed },
      tune: { trials: 10, parallel: 2, epochs: 3, seed },
      train: { epochs: 20, ensemble: false },
    },
  });
  const rmse = run.metrics?.rmse;
  if (run.outcome !== 'succeeded' || rmse === undefined) {
    throw new Error(`the run ${run.outcome}: ${run.failure?.message ?? 'no metrics'}`);
  }
  process.stderr.write(`${describeSteps(run)}\n`);
  return { seconds: elapsedMs / 1000, rmse };
}

/** Where the time went. */
function describeSteps({ steps, trials }: RunDescription): string {
  const toSeconds = (durationMs: number | null): string => ((durationMs ?? 0) / 1000).toFixed(1);
  const parts = steps.map(({ name, durationMs }) => `${name} ${toSeconds(durationMs)}`);
  const each = trials.map(({ durationMs }) => toSeconds(durationMs));
  return `  seconds: ${parts.join(', ')}; trials ${each.join(' ')}`;
}
