import { randomInt } from 'node:crypto';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { runRecordKey } from '../contract/run-keys.js';
import type { RunRecord } from '../contract/run-record.js';
import type { RunDescription } from '../contract/run-status.js';
import { assertRunExists } from './assert-run-exists.js';
import { cancelRun } from './cancel-run.js';
import type { ClientContext } from './client-context.js';
import { type CreateScheduleOptions, createSchedule } from './create-schedule.js';
import { describeRun } from './describe-run.js';
import { findArtifact, listArtifacts, type RunArtifact } from './list-artifacts.js';
import { listRuns, type RunPage } from './list-runs.js';
import {
  deleteSchedule,
  describeSchedule,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  triggerSchedule,
} from './manage-schedules.js';
import { probeServices, type ServiceHealth } from './probe-services.js';
import { type LogPage, type ReadLogsOptions, readLogs } from './read-logs.js';
import { type PredictionExample, readPredictionExample } from './read-prediction-example.js';
import { type RetryRunOptions, retryRun } from './retry-run.js';
import type { ScheduleDescription } from './schedule-description.js';
import { type StartedRun, type StartRunOptions, startRun } from './start-run.js';
import { type SweepResult, sweepRequests } from './sweep-requests.js';
import { TemporalGateway, type TemporalSettings } from './temporal-gateway.js';

export interface RecetaClientOptions {
  readonly temporal: TemporalSettings;
  readonly objects: ObjectStore;
  /** Hears of what went wrong but was not lost. */
  readonly warn?: (message: string) => void;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/**
 * Starts, shows and steers runs and schedules; the door of this room, used by the HTTP API and the command line
 * alike. Connects when the first call needs it. What each call does and throws stands at the function it names.
 */
export class RecetaClient {
  readonly #context: ClientContext;

  constructor(options: RecetaClientOptions) {
    this.#context = {
      temporal: new TemporalGateway(options.temporal),
      objects: options.objects,
      artifacts: new ArtifactStore(options.objects),
      nowMs: () => Date.now(),
      randomText,
      warn: options.warn ?? (() => undefined),
    };
  }

  startRun(options: StartRunOptions): Promise<StartedRun> {
    return startRun(this.#context, options);
  }

  describeRun(runId: string): Promise<RunDescription> {
    return describeRun(this.#context, runId);
  }

  listRuns(page?: { readonly limit?: number; readonly cursor?: string | null }): Promise<RunPage> {
    return listRuns(this.#context, page);
  }

  cancelRun(runId: string): Promise<RunDescription> {
    return cancelRun(this.#context, runId);
  }

  retryRun(runId: string, options?: RetryRunOptions): Promise<StartedRun> {
    return retryRun(this.#context, runId, options);
  }

  readLogs(runId: string, options?: ReadLogsOptions): Promise<LogPage> {
    return readLogs(this.#context, runId, options);
  }

  listArtifacts(runId: string): Promise<readonly RunArtifact[]> {
    return listArtifacts(this.#context, runId);
  }

  findArtifact(runId: string, name: string): Promise<ArtifactRef> {
    return findArtifact(this.#context, runId, name);
  }

  readPredictionExample(runId: string): Promise<PredictionExample> {
    return readPredictionExample(this.#context, runId);
  }

  /** Writes an artifact, its sha256 checked, to a local path. */
  getArtifactFile(
    artifact: ArtifactRef,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<void> {
    return this.#context.artifacts.getFile(artifact, path, options);
  }

  /** Streams a local file into the store; the reference can be the source of a plan. */
  putSource(
    path: string,
    mediaType: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ArtifactRef> {
    return this.#context.artifacts.putFile(path, mediaType, options);
  }

  /** The whole record of a finished run; `null` while it goes on. Throws `run-not-found`. */
  async readRunRecord(runId: string): Promise<RunRecord | null> {
    await assertRunExists(this.#context, runId);
    const record = await readJson<RunRecord>(this.#context.objects, runRecordKey(runId));
    return record?.value ?? null;
  }

  async createSchedule(options: CreateScheduleOptions): Promise<ScheduleDescription> {
    await createSchedule(this.#context, options);
    return describeSchedule(this.#context, options.name);
  }

  listSchedules(): Promise<readonly ScheduleDescription[]> {
    return listSchedules(this.#context);
  }

  describeSchedule(name: string): Promise<ScheduleDescription> {
    return describeSchedule(this.#context, name);
  }

  pauseSchedule(name: string, note?: string): Promise<ScheduleDescription> {
    return pauseSchedule(this.#context, name, note);
  }

  resumeSchedule(name: string, note?: string): Promise<ScheduleDescription> {
    return resumeSchedule(this.#context, name, note);
  }

  triggerSchedule(name: string): Promise<{ readonly runId: string | null }> {
    return triggerSchedule(this.#context, name);
  }

  deleteSchedule(name: string): Promise<void> {
    return deleteSchedule(this.#context, name);
  }

  sweepRequests(): Promise<SweepResult> {
    return sweepRequests(this.#context);
  }

  /** Whether Temporal and the store answer. */
  probeServices(): Promise<ServiceHealth> {
    return probeServices(this.#context);
  }

  async close(): Promise<void> {
    await this.#context.temporal.close();
  }
}
