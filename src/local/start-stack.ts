import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../config/read-environment.js';
import { RecetaError } from '../contract/errors.js';
import { readProcessIdentity } from '../processes/process-identity.js';
import { ProcessRegistry } from '../processes/process-registry.js';
import { type BackOff, restartBackOff } from './back-off.js';
import { choosePorts, usualPorts } from './choose-ports.js';
import { claimFolder } from './claim-folder.js';
import type { PartSpec } from './part-spec.js';
import type { PartStatus } from './part-status.js';
import { planStack, type StackPlan } from './plan-stack.js';
import { createApiPart, createWorkerPart, type RecetaPartContext } from './receta-parts.js';
import { ensureCredentials } from './stack-credentials.js';
import {
  readStackFile,
  type StackFile,
  type StackPorts,
  type StackState,
  writeStackFile,
} from './stack-file.js';
import { SupervisedPart } from './supervised-part.js';

export interface StartStackOptions {
  readonly stateDir: string;
  readonly env: Environment;
  /** Words that start the `receta` executable. */
  readonly receta: RecetaPartContext['receta'];
  readonly nowMs?: () => number;
  /** Called at every change of a part. */
  readonly onChange?: (status: PartStatus) => void;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** Ports to try before the remembered and the usual ones. */
  readonly ports?: Partial<StackPorts>;
  readonly backOff?: BackOff;
  /** The parts that run Receta's own code; by default the API and one worker. */
  readonly createParts?: (context: RecetaPartContext) => readonly PartSpec[];
}

/** A stack that this process supervises. */
export interface Stack {
  readonly connection: StackPlan['connection'];
  readonly notices: readonly string[];
  parts(): readonly PartStatus[];
  /** Ends all parts in reverse order; resolves when no process of them is left. */
  stop(): Promise<void>;
}

const firstStartAttempts = 3;

/**
 * Starts Temporal, MinIO, the API and a worker over one state folder and resolves when all are ready. Servers that
 * TEMPORAL_ADDRESS or S3_ENDPOINT name are used instead of own ones.
 *
 * Errors: `stack-conflict` when the folder has an owner, `setup-incomplete`, `config-invalid`, and `stack-failed` when
 * a part does not become ready; nothing is left running then.
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const stateDir = resolve(options.stateDir);
  const nowMs = options.nowMs ?? Date.now;
  mkdirSync(join(stateDir, 'logs'), { recursive: true, mode: 0o700 });
  const release = claimFolder(stateDir, nowMs());
  try {
    const registry = new ProcessRegistry(join(stateDir, 'processes'));
    await registry.killOrphans();
    const remembered = readStackFile(stateDir)?.ports ?? {};
    const plan = await planStack({
      stateDir,
      env: options.env,
      receta: options.receta,
      ports: await choosePorts([
        options.ports ?? {},
        toPortWishes(options.env),
        remembered,
        usualPorts,
      ]),
      credentials: ensureCredentials(stateDir),
    });
    return await supervise(plan, { ...options, stateDir, nowMs }, registry, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function supervise(
  plan: StackPlan,
  options: StartStackOptions & { readonly nowMs: () => number },
  registry: ProcessRegistry,
  release: () => void,
): Promise<Stack> {
  const { stateDir, nowMs, createParts = createRecetaParts } = options;
  const startedAt = new Date(nowMs()).toISOString();
  let state: StackState = 'starting';
  const parts = [...plan.servers, ...createParts(plan.context)].map(
    (spec) =>
      new SupervisedPart(spec, {
        registry,
        backOff: options.backOff ?? restartBackOff,
        firstStartAttempts,
        nowMs,
        onChange: (status) => {
          publish();
          options.onChange?.(status);
        },
      }),
  );
  const statuses = (): PartStatus[] => [...plan.external, ...parts.map((part) => part.status())];
  const publish = (): void =>
    writeStackFile(stateDir, toStackFile(plan, { state, startedAt, parts: statuses() }));
  const enter = (next: StackState): void => {
    state = next;
    publish();
  };
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping ??= stopParts(parts, enter).finally(release);
    return stopping;
  };
  publish();
  try {
    await plan.prepareExternal();
    await startParts(parts, options.signal);
  } catch (error) {
    await stop();
    throw error;
  }
  enter('ready');
  return { connection: plan.connection, notices: plan.notices, parts: statuses, stop };
}

function createRecetaParts(context: RecetaPartContext): PartSpec[] {
  return [createApiPart(context), createWorkerPart(context)];
}

/** The API's port is a variable of its own; whether its text is a port at all is for the configuration to say. */
function toPortWishes(env: Environment): Partial<StackPorts> {
  const api = env.RECETA_API_PORT ?? '';
  return /^\d{1,5}$/.test(api) && Number(api) <= 65_535 ? { api: Number(api) } : {};
}

/** Starts each part as soon as those it needs were ready; external servers count as ready. */
async function startParts(parts: readonly SupervisedPart[], signal?: AbortSignal): Promise<void> {
  const ready = parts.map(async (part) => {
    const needed = parts.filter(({ spec }) => part.spec.needs.includes(spec.name));
    await Promise.all(needed.map(({ firstReady }) => firstReady));
    signal?.throwIfAborted();
    part.start();
    await part.firstReady;
  });
  const aborted = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(new RecetaError('stack-failed', 'The start of the stack was stopped'));
    if (signal?.aborted) fail();
    signal?.addEventListener('abort', fail, { once: true });
  });
  aborted.catch(() => undefined);
  const all = Promise.all(ready);
  all.catch(() => undefined);
  await Promise.race([all, aborted]);
}

/** Dependents first, so that the worker and the API can still say goodbye to the servers. */
async function stopParts(
  parts: readonly SupervisedPart[],
  enter: (state: StackState) => void,
): Promise<void> {
  enter('stopping');
  const dependents = parts.filter(({ spec }) => spec.needs.length > 0);
  await Promise.all(dependents.map((part) => part.stop()));
  await Promise.all(parts.filter((part) => !dependents.includes(part)).map((part) => part.stop()));
  enter('stopped');
}

function toStackFile(
  plan: StackPlan,
  { state, startedAt, parts }: Pick<StackFile, 'state' | 'startedAt' | 'parts'>,
): StackFile {
  const { temporal, store, api } = plan.connection;
  const supervisor = readProcessIdentity(process.pid);
  if (supervisor === null) throw new RecetaError('internal', 'Could not read /proc/self/stat');
  return {
    format: 'receta-stack/1',
    state,
    supervisor,
    startedAt,
    ports: plan.ports,
    temporal,
    store: store === null ? null : toPublicStore(store),
    api,
    parts: [...parts],
  };
}

function toPublicStore({
  endpoint,
  bucket,
  region,
}: {
  endpoint: string;
  bucket: string;
  region: string;
}) {
  return { endpoint, bucket, region };
}
