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
import { measurePrefect, type PeerTimes } from './peers/prefect/measure-prefect.js';

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

try {
  const fiveSteps = await repeat((id) => runOnce('fiveStepsWorkflow', `five-${id}`));
  const fanOut = await repeat((id) => runOnce('fanOutWorkflow', `fan-${id}?width=${fanOutWidth}`));
  const peer = withPeers ? await measurePrefect({ rounds: quick ? 2 : 5, fanOutWidth }) : null;
  printBenchReport('orchestration', toRows(fiveSteps, fanOut, peer));
} finally {
  server.close();
  await connection.close();
  worker.disconnect();
  await once(worker, 'exit');
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
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

async function repeat(run: (id: number) => Promise<RunTimes>): Promise<RunTimes[]> {
  const times: RunTimes[] = [];
  for (let id = 0; id < warmUps + rounds; id += 1) {
    const result = await run(id);
    if (id >= warmUps) times.push(result);
  }
  return times;
}

function toRows(fiveSteps: RunTimes[], fanOut: RunTimes[], peer: PeerTimes | null): BenchRow[] {
  const five = median(fiveSteps.map(({ totalMs }) => totalMs));
  const row = (name: string, value: number, peerValue: number | null): BenchRow => ({
    name,
    value,
    unit: 'ms',
    peer: peerValue === null ? null : (peer?.name ?? null),
    peerValue,
    better: 'lower',
  });
  return [
    row('fiveSteps', five, peer?.fiveStepsMs ?? null),
    row('perStep', five / 5, peer === null ? null : peer.fiveStepsMs / 5),
    row(
      'postToFirstStep',
      median(fiveSteps.map(({ firstStepMs }) => firstStepMs)),
      peer?.firstStepMs ?? null,
    ),
    row(
      `fanOut${fanOutWidth}`,
      median(fanOut.map(({ totalMs }) => totalMs)),
      peer?.fanOutMs ?? null,
    ),
  ];
}
