import { rmSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartSpec } from './part-spec.js';

/** What the parts that run Receta's own code are made from. */
export interface RecetaPartContext {
  /** Words that start the `receta` executable, e.g. `['node', '/opt/receta/bin/receta.js']`. */
  readonly receta: readonly [string, ...string[]];
  /** Environment with the addresses and keys of the servers. */
  readonly env: Readonly<Record<string, string>>;
  readonly stateDir: string;
  readonly apiPort: number;
  readonly apiUrl: string;
}

const needs = ['temporal', 'minio'];

/** The HTTP API. */
export function createApiPart(context: RecetaPartContext): PartSpec {
  const [command, ...args] = context.receta;
  return {
    name: 'api',
    needs,
    command,
    args: [...args, 'api'],
    env: withoutConnections(context.env),
    logPath: join(context.stateDir, 'logs', 'api.log'),
    port: context.apiPort,
    url: context.apiUrl,
    checkReady: () => checkHttpReady(`${context.apiUrl}/readyz`),
    startDeadlineMs: 60_000,
    stopGraceMs: 10_000,
  };
}

/** One worker for all queues; it says that it polls by creating a file. */
export function createWorkerPart(context: RecetaPartContext): PartSpec {
  const [command, ...args] = context.receta;
  const readyFile = join(context.stateDir, 'worker.ready');
  return {
    name: 'worker',
    needs,
    command,
    args: [...args, 'worker', '--queues', 'pipeline,data,train'],
    env: { ...context.env, RECETA_READY_FILE: readyFile },
    logPath: join(context.stateDir, 'logs', 'worker.log'),
    port: null,
    url: null,
    beforeStart: () => rmSync(readyFile, { force: true }),
    checkReady: () => access(readyFile),
    startDeadlineMs: 60_000,
    stopGraceMs: 20_000,
  };
}

/** Credentials of sources are the worker's business alone. */
function withoutConnections(env: RecetaPartContext['env']): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('RECETA_CONNECTION_'));
  return Object.fromEntries(kept);
}

/** Resolves when the URL answers with success. */
async function checkHttpReady(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${text.slice(0, 200)}`);
}
