import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { startTemporalServer } from '../src/local/start-temporal-server.js';
import { type BenchRow, median, printBenchReport } from './bench-report.js';
import { startTriggerServer } from './orchestration/trigger-server.js';
import { type Prefect, startPrefect } from './peers/prefect/start-prefect.js';

const fanOutWidth = 50;

interface RunTimes {
  readonly totalMs: number;
  readonly firstStepMs: number;
}

const quick = process.argv.includes('--quick');
const withPeers = !process.argv.includes('--no-peers');
const rounds = quick ? 5 : 20;
const warmUps = 3;

const folder = await mkdtemp(join(tmpdir(), 'receta-bench-'));
const temporal = await startTemporalServer({ folder, env: process.env });
const worker = fork(fileURLToPath(new URL('./orchestration/worker.js', import.meta.url)), [
  temporal.address,
]);
await once(worker, 'message');
const connection = await Connection.connect({ address: temporal.address });
const client = new Client({ connection });
const { url, server } = await startTriggerServer(client);

const peer = withPeers ? await startPrefect() : null;

try {
  printBenchReport('orchestration', toRows(await measure(peer), peer));
} finally {
  await peer?.stop();
  server.close();
  await connection.close();
  worker.disconnect();
  await once(worker, 'exit');
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
}

interface Measurements {
  readonly fiveSteps: RunTimes[];
  readonly fanOutMs: number[];
  readonly peerFiveSteps: RunTimes[];
  readonly peerFanOutMs: number[];
}

/** Ours and the peer in turn; the first rounds only warm both up. */
async function measure(prefect: Prefect | null): Promise<Measurements> {
  const all: Measurements = { fiveSteps: [], fanOutMs: [], peerFiveSteps: [], peerFanOutMs: [] };
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const fiveSteps = await runOnce('fiveStepsWorkflow', `five-${round}`);
    const fanOut = await runOnce('fanOutWorkflow', `fan-${round}?width=${fanOutWidth}`);
    const peerFiveSteps = await prefect?.runFiveSteps();
    const peerFanOutMs = await prefect?.runFanOut(fanOutWidth);
    if (round < warmUps) continue;
    all.fiveSteps.push(fiveSteps);
    all.fanOutMs.push(fanOut.totalMs);
    if (peerFiveSteps !== undefined) all.peerFiveSteps.push(peerFiveSteps);
    if (peerFanOutMs !== undefined) all.peerFanOutMs.push(peerFanOutMs);
  }
  return all;
}

/** Triggers one workflow over HTTP and waits for its result; the times count from before the POST. */
async function runOnce(workflowType: string, idAndQuery: string): Promise<RunTimes> {
  const startedAtMs = Date.now();
  const response = await fetch(`${url}/${workflowType}/${idAndQuery}`, { method: 'POST' });
  if (response.status !== 202) throw new Error(`the trigger answered ${await response.text()}`);
  const workflowId = idAndQuery.split('?')[0] ?? '';
  const stepTimes: number[] = await client.workflow.getHandle(workflowId).result();
  return { totalMs: Date.now() - startedAtMs, firstStepMs: Math.min(...stepTimes) - startedAtMs };
}

function toRows(times: Measurements, prefect: Prefect | null): BenchRow[] {
  const totals = (runs: RunTimes[]): number[] => runs.map(({ totalMs }) => totalMs);
  const perStep = (runs: RunTimes[]): number[] => runs.map(({ totalMs }) => totalMs / 5);
  const firsts = (runs: RunTimes[]): number[] => runs.map(({ firstStepMs }) => firstStepMs);
  const row = (name: string, own: number[], peers: number[]): BenchRow => ({
    name,
    value: median(own),
    unit: 'ms',
    peer: prefect?.name ?? null,
    peerValue: prefect === null ? null : median(peers),
    better: 'lower',
  });
  const { fiveSteps, fanOutMs, peerFiveSteps, peerFanOutMs } = times;
  return [
    row('fiveSteps', totals(fiveSteps), totals(peerFiveSteps)),
    row('perStep', perStep(fiveSteps), perStep(peerFiveSteps)),
    row('postToFirstStep', firsts(fiveSteps), firsts(peerFiveSteps)),
    row(`fanOut${fanOutWidth}`, fanOutMs, peerFanOutMs),
  ];
}
