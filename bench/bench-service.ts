import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RunDescription } from '../src/contract/run-description.js';
import { startStack } from '../src/local/start-stack.js';

const pollMs = 100;

/** A whole service of its own: Temporal, MinIO, API and worker, with an empty store. */
export interface BenchService {
  /** Stores a file and gives the source of a pipeline that reads it. */
  upload(path: string): Promise<{ readonly upload: string }>;
  /** Starts a run and waits for its end; the time counts from before the POST. */
  run(body: BenchRunBody): Promise<{ readonly run: RunDescription; readonly elapsedMs: number }>;
  stop(): Promise<void>;
}

export interface BenchRunBody {
  readonly pipeline: Readonly<Record<string, unknown>>;
  readonly recomputeFrom?: string;
}

/** Starts a service on free ports over a temporary folder. */
export async function startBenchService(): Promise<BenchService> {
  const stateDir = await mkdtemp(join(tmpdir(), 'receta-bench-'));
  const receta = fileURLToPath(new URL('../../dist/bin/receta.js', import.meta.url));
  const stack = await startStack({
    stateDir,
    env: process.env,
    receta: [process.execPath, receta],
    ports: { temporal: 0, temporalUi: 0, minio: 0, api: 0 },
  });
  const request = (path: string, init?: RequestInit) =>
    requestJson(`${stack.connection.api.url}${path}`, init);
  return {
    upload: async (path) => {
      const form = new FormData();
      form.append('file', new Blob([await readFile(path)]), basename(path));
      const { sha256 } = await request('/v1/uploads', { method: 'POST', body: form });
      return { upload: sha256 };
    },
    run: async (body) => {
      const startedMs = performance.now();
      const { runId } = await request('/v1/runs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      for (;;) {
        const run = await request(`/v1/runs/${runId}`);
        if (run.state === 'finished') return { run, elapsedMs: performance.now() - startedMs };
        await delay(pollMs);
      }
    },
    stop: async () => {
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

async function requestJson(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${await response.text()}`);
  return JSON.parse(await response.text());
}
