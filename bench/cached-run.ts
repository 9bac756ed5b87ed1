import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { RunDescription } from '../src/contract/run-description.js';
import { median, printBenchReport } from './bench-report.js';
import { startBenchService } from './bench-service.js';

// The diamonds example on the real stack (Temporal, MinIO, API, worker): computed once, then started again with
// nothing changed. There is no peer: what is measured is the whole way from a POST over nine durable steps, each of
// which reads and checks what it takes over, to a record of the run; no other tool here does the same work.

const rounds = process.argv.includes('--quick') ? 3 : 5;
const warmUps = 1;

const example = fileURLToPath(new URL('../../examples/02-diamonds/', import.meta.url));
const service = await startBenchService();

try {
  const pipeline = await toServicePipeline();
  const first = await service.run({ pipeline });
  process.stderr.write(`computed in ${(first.elapsedMs / 1000).toFixed(1)} s\n`);
  const times: number[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const { run, elapsedMs } = await service.run({ pipeline });
    assertEveryStepHit(run);
    if (round >= warmUps) times.push(elapsedMs);
  }
  printBenchReport('cached-run', [
    {
      name: 'cachedRun',
      value: median(times),
      unit: 'ms',
      peer: null,
      peerValue: null,
      better: 'lower',
    },
  ]);
} finally {
  await service.stop();
}

/** The example as a request holds it: its file is uploaded, everything else is as written. */
async function toServicePipeline(): Promise<Record<string, unknown>> {
  const pipeline = parse(await readFile(`${example}pipeline.yaml`, 'utf8'));
  return { ...pipeline, source: await service.upload(`${example}${pipeline.source}`) };
}

function assertEveryStepHit({ steps, outcome, failure }: RunDescription): void {
  const computed = steps.filter(({ cache }) => cache?.state !== 'hit');
  if (outcome === 'succeeded' && computed.length === 0) return;
  const told = computed.map(({ name, cache }) => `${name}: ${cache?.reason ?? 'no result'}`);
  throw new Error(
    `the run ${outcome}, and not every step was taken over: ${told.join('; ')} ${failure?.message ?? ''}`,
  );
}
