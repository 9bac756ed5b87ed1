import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { putJsonRecord } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { type AttemptId, attemptKey } from '../contract/run-keys.js';
import type { AttemptOutcome, AttemptRecord, TrainingBackend } from '../contract/run-record.js';
import type { ActivityProgress } from '../contract/run-status.js';
import type { StepName } from '../contract/steps.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { AttemptLog } from './attempt-log.js';
import { createAttemptLog } from './create-attempt-log.js';
import { toApplicationFailure } from './to-application-failure.js';

/** How often a working attempt tells the server that it lives, and what it last reported. */
const heartbeatIntervalMs = 1_000;

/** What the body of a step gets to work with. */
export interface Attempt {
  /** Aborted when the run is cancelled, the attempt was given up, or the worker stops. */
  readonly signal: AbortSignal;
  /** Empty folder of this attempt; removed when it ends. */
  readonly folder: string;
  readonly log: AttemptLog;
  /** Sets what the next heartbeat carries. */
  report(progress: Partial<ActivityProgress>): void;
  /** Names artifacts in the record of the attempt, also of one that fails. */
  keep(artifacts: AttemptRecord['artifacts']): void;
}

/** What the run record keeps of a result. */
export type AttemptFacts = Partial<
  Pick<AttemptRecord, 'artifacts' | 'metrics' | 'resumedFromEpoch' | 'backend'>
>;

export interface AttemptOptions<Result> {
  readonly runId: string;
  readonly step: StepName;
  readonly trial?: number;
  /** How often the trial was trained again with another seed. */
  readonly again?: number;
  /** What it trains on, known beforehand, so that a failed attempt names it too. */
  readonly backend?: TrainingBackend;
  readonly toFacts?: (result: Result) => AttemptFacts;
}

/**
 * Runs the body of one step as one attempt: heartbeats, a folder of its own, a stored log, a record of its start
 * and end, and failures in the form that Temporal keeps.
 */
export async function runAttempt<Result>(
  deps: ActivityDependencies,
  options: AttemptOptions<Result>,
  body: (attempt: Attempt) => Promise<Result>,
): Promise<Result> {
  const context = Context.current();
  const { runId, step, trial = null, again = 0, backend = null } = options;
  const id: AttemptId = { runId, step, trial, again, attempt: context.info.attempt };
  const started = toStartedRecord(deps, id, backend);
  const log = createAttemptLog(deps, id);
  const signal = context.cancellationSignal;
  let progress: ActivityProgress = {
    step,
    trial,
    epoch: null,
    epochs: null,
    trainLoss: null,
    validationLoss: null,
    resumedFromEpoch: null,
    message: null,
  };
  let kept: AttemptRecord['artifacts'] = {};
  const beat = setInterval(() => context.heartbeat(progress), heartbeatIntervalMs);
  context.heartbeat(progress);
  const folder = join(deps.workDir, `${step}-${randomUUID()}`);

  async function finish(outcome: AttemptOutcome, facts: Partial<AttemptRecord>): Promise<void> {
    const finishedAtMs = deps.nowMs();
    const durationMs = finishedAtMs - Date.parse(started.startedAt);
    const finishedAt = new Date(finishedAtMs).toISOString();
    const artifacts = { ...kept, ...facts.artifacts };
    const record: AttemptRecord = {
      ...started,
      ...facts,
      artifacts,
      outcome,
      finishedAt,
      durationMs,
    };
    await putJsonRecord(deps.objects, attemptKey(id, 'finished'), record);
  }

  try {
    await mkdir(folder, { recursive: true });
    await putJsonRecord(deps.objects, attemptKey(id, 'started'), started);
    log.info(`attempt ${id.attempt} of ${step}${trial === null ? '' : `, trial ${trial}`} started`);
    const result = await body({
      signal,
      folder,
      log,
      report: (change) => {
        progress = { ...progress, ...change };
      },
      keep: (artifacts) => {
        kept = { ...kept, ...artifacts };
      },
    });
    signal.throwIfAborted();
    await finish('succeeded', options.toFacts?.(result) ?? {});
    log.info('succeeded');
    return result;
  } catch (error) {
    if (signal.aborted) {
      log.warn('cancelled');
      await finish('cancelled', {}).catch(() => undefined);
      throw signal.reason;
    }
    const failure = toApplicationFailure(error, id.attempt);
    log.error(failure.message);
    const problems = error instanceof RecetaError ? error.problems : [];
    const code = error instanceof RecetaError ? error.code : 'internal';
    const summary = { code, step, message: failure.message, problems };
    await finish('failed', { failure: summary }).catch(() => undefined);
    throw failure;
  } finally {
    clearInterval(beat);
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function toStartedRecord(
  deps: ActivityDependencies,
  id: AttemptId,
  backend: TrainingBackend | null,
): AttemptRecord {
  return {
    step: id.step,
    trial: id.trial,
    attempt: id.attempt,
    worker: deps.workerIdentity,
    startedAt: new Date(deps.nowMs()).toISOString(),
    finishedAt: null,
    durationMs: null,
    outcome: 'lost',
    artifacts: {},
    metrics: {},
    resumedFromEpoch: null,
    failure: null,
    platform: deps.platform,
    backend,
  };
}
