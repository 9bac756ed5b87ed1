import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { RunDescription } from '../src/contract/run-status.js';
import { startStack } from '../src/local/start-stack.js';
import { median, printBenchReport } from './bench-report.js';

// The diamonds example on the real stack (Temporal, MinIO, API, worker): computed once, then started again with
// nothing changed. There is no peer: what is measured is the whole way from a POST over nine durable steps, each of
// which reads and checks what it takes over, to a record of the run; no other tool here does the same work.

const rounds = process.argv.includes('--quick') ? 3 : 5;
const warmUps = 1;
const pollMs = 10;

const atRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const example = atRoot('examples/02-diamonds/');

const stateDir = await mkdtemp(join(tmpdir(), 'receta-bench-'));
const stack = await startStack({
  stateDir,
  env: process.env,
  receta: [process.execPath, atRoot('dist/bin/receta.js')],
});
const { url } = stack.connection.api;

try {
  const pipeline = await toServicePipeline();
  const first = await runOnce(pipeline);
  process.stderr.write(`computed in ${(first.elapsedMs / 1000).toFixed(1)} s\n`);
  const times: number[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const { run, elapsedMs } = await runOnce(pipeline);
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
  await stack.stop();
  await rm(stateDir, { recursive: true, force: true });
}

/** The example as a request holds it: its file is uploaded, everything else is as written. */
async function toServicePipeline(): Promise<Record<string, unknown>> {
  const pipeline = parse(await readFile(`${example}pipeline.yaml`, 'utf8'));
  const form = new FormData();
  form.append('file', new Blob([await readFile(`${example}${pipeline.source}`)]), pipeline.source);
  const uploaded = await request('/v1/uploads', { method: 'POST', body: form });
  return { ...pipeline, source: { upload: uploaded.sha256 } };
}

/** Starts a run and waits for its end; the time counts from before the POST. */
async function runOnce(
  pipeline: Record<string, unknown>,
): Promise<{ readonly run: RunDescription; readonly elapsedMs: number }> {
  const startedMs = performance.now();
  const { runId } = await request('/v1/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pipeline }),
  });
  for (;;) {
    const run = await request(`/v1/runs/${runId}`);
    if (run.state === 'finished') return { run, elapsedMs: performance.now() - startedMs };
    await delay(pollMs);
  }
}

async function request(path: string, init: RequestInit = {}) {
  const response = await fetch(`${url}${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${await response.text()}`);
  return JSON.parse(await response.text());
}

function assertEveryStepHit({ steps, outcome, failure }: RunDescription): void {
  const computed = steps.filter(({ cache }) => cache?.state !== 'hit');
  if (outcome === 'succeeded' && computed.length === 0) return;
  const told = computed.map(({ name, cache }) => `${name}: ${cache?.reason ?? 'no result'}`);
  throw new Error(
    `the run ${outcome}, and not every step was taken over: ${told.join('; ')} ${failure?.message ?? ''}`,
  );
}
