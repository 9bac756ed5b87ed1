import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../../../src/local/free-port.js';
import { preparePythonEnvironment } from '../python-environment.js';

export interface PeerRun {
  readonly totalMs: number;
  readonly firstStepMs: number;
}

export interface Prefect {
  readonly name: string;
  runFiveSteps(): Promise<PeerRun>;
  /** Milliseconds from the trigger to the end. */
  runFanOut(width: number): Promise<number>;
  stop(): Promise<void>;
}

const here = join(process.cwd(), 'bench', 'peers', 'prefect');
const startDeadlineMs = 120_000;
const pollMs = 20;

/**
 * Prefect's own server and `serve` process on loopback, triggered over its HTTP API and polled until the flow run is
 * completed: the shortest way that its documentation offers.
 */
export async function startPrefect(): Promise<Prefect> {
  const programs = preparePythonEnvironment('prefect', join(here, 'requirements.txt'));
  const home = await mkdtemp(join(tmpdir(), 'receta-bench-prefect-'));
  const port = await findFreePort();
  const api = `http://127.0.0.1:${port}/api`;
  const firstStepFile = join(home, 'first-step');
  const env = {
    PATH: [programs, process.env.PATH].join(delimiter),
    HOME: home,
    PREFECT_HOME: home,
    PREFECT_API_URL: api,
    PREFECT_SERVER_ANALYTICS_ENABLED: 'false',
    PREFECT_LOGGING_LEVEL: 'ERROR',
    DO_NOT_TRACK: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    // Its default of 10 s would be all that is measured.
    PREFECT_RUNNER_POLL_FREQUENCY: '1',
    FIRST_STEP_FILE: firstStepFile,
  };
  const start = (command: string, args: string[]): ChildProcess =>
    spawn(command, args, { cwd: here, env, stdio: 'ignore', detached: true });

  process.stderr.write(`peer: prefect server start --port ${port}; python flows.py\n`);
  const server = start('prefect', [
    'server',
    'start',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ]);
  await waitFor(`${api}/health`);
  const runner = start('python', ['flows.py']);
  const fiveSteps = await findDeployment(api, 'five-steps/bench');
  const fanOut = await findDeployment(api, 'fan-out/bench');
  return {
    name: 'Prefect 3.8.3, runner poll 1 s',
    runFiveSteps: async () => {
      const startedAtMs = Date.now();
      const totalMs = await runFlow(api, fiveSteps, {});
      const firstStepMs = Number(await readFile(firstStepFile, 'utf8')) - startedAtMs;
      return { totalMs, firstStepMs };
    },
    runFanOut: (width) => runFlow(api, fanOut, { width }),
    stop: async () => {
      await stop(runner);
      await stop(server);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Triggers one flow run and polls it. */
async function runFlow(api: string, deployment: string, parameters: object): Promise<number> {
  const startedAtMs = performance.now();
  const created = await postJson(`${api}/deployments/${deployment}/create_flow_run`, {
    parameters,
  });
  for (;;) {
    const run = await getJson(`${api}/flow_runs/${created.id}`);
    if (run.state_type === 'COMPLETED') return performance.now() - startedAtMs;
    if (run.state_type === 'FAILED' || run.state_type === 'CRASHED') {
      throw new Error(`the flow run ended as ${run.state_type}`);
    }
    await delay(pollMs);
  }
}

interface FlowRun {
  readonly id: string;
  readonly state_type: string;
}

async function findDeployment(api: string, name: string): Promise<string> {
  await waitFor(`${api}/deployments/name/${name}`);
  return (await getJson(`${api}/deployments/name/${name}`)).id;
}

async function getJson(url: string): Promise<FlowRun> {
  return (await (await fetch(url)).json()) as FlowRun;
}

async function postJson(url: string, body: object): Promise<FlowRun> {
  const headers = { 'content-type': 'application/json' };
  const send = () => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  let response = await send();
  // Its SQLite file is busy while the server still sets itself up.
  for (let tries = 0; response.status === 503 && tries < 50; tries += 1) {
    await delay(200);
    response = await send();
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as FlowRun;
}

async function waitFor(url: string): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > deadline)
      throw new Error(`${url} did not answer within ${startDeadlineMs} ms`);
    await delay(200);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(timer);
}
