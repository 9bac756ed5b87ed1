import { randomInt } from 'node:crypto';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import { StudyStore } from '../artifacts/study-store.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { StudyChange } from '../contract/messages.js';
import type { RunDescription } from '../contract/run-description.js';
import type { RunRecord } from '../contract/run-record.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { Reproduction } from '../lineage/compare-outputs.js';
import type { RunDiff } from '../lineage/compare-runs.js';
import type { LineageEntry, ModelLineage, RunLineage } from '../lineage/lineage-graph.js';
import type { ModelVersion } from '../registry/model-version.js';
import { cancelRun } from './cancel-run.js';
import type { ClientContext } from './client-context.js';
import { type CreateScheduleOptions, createSchedule } from './create-schedule.js';
import { describeRun } from './describe-run.js';
import { diffRuns } from './diff-runs.js';
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
import { readModelLineage, readRunLineage, readUses } from './read-lineage.js';
import { type LogPage, type ReadLogsOptions, readLogs } from './read-logs.js';
import { type PredictionExample, readPredictionExample } from './read-prediction-example.js';
import { readRecord } from './read-record.js';
import { readStudy } from './read-study.js';
import { compareReproduction, type ReproduceRunOptions, reproduceRun } from './reproduce-run.js';
import { type RetryRunOptions, retryRun } from './retry-run.js';
import type { ScheduleDescription } from './schedule-description.js';
import { type StartedRun, type StartRunOptions, startRun } from './start-run.js';
import { steerStudy } from './steer-study.js';
import type { StudyDescription } from './study-description.js';
import { StudyReports } from './study-reports.js';
import { type SweepResult, sweepRequests } from './sweep-requests.js';
import { TemporalGateway, type TemporalSettings } from './temporal-gateway.js';
import { findUpload, keepUpload, type Upload } from './uploads.js';

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
    const artifacts = new ArtifactStore(options.objects);
    this.#context = {
      temporal: new TemporalGateway(options.temporal),
      objects: options.objects,
      artifacts,
      studies: new StudyStore(options.objects),
      reports: new StudyReports(artifacts),
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

  readStudy(runId: string): Promise<StudyDescription> {
    return readStudy(this.#context, runId);
  }

  steerStudy(runId: string, change: StudyChange): Promise<StudyStatus> {
    return steerStudy(this.#context, runId, change);
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

  putBytes(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    return this.#context.artifacts.putBytes(bytes, mediaType);
  }

  /** Stores canonical JSON, so that equal values are equal artifacts. */
  putJson(value: unknown): Promise<ArtifactRef> {
    return this.#context.artifacts.putJson(value);
  }

  keepUpload(upload: Upload): Promise<void> {
    return keepUpload(this.#context, upload);
  }

  findUpload(sha256: string): Promise<Upload> {
    return findUpload(this.#context, sha256);
  }

  readRunRecord(runId: string): Promise<RunRecord | null> {
    return readRecord(this.#context, runId);
  }

  diffRuns(a: string, b: string): Promise<RunDiff> {
    return diffRuns(this.#context, a, b);
  }

  reproduceRun(runId: string, options: ReproduceRunOptions): Promise<StartedRun> {
    return reproduceRun(this.#context, runId, options);
  }

  compareReproduction(runId: string): Promise<Reproduction> {
    return compareReproduction(this.#context, runId);
  }

  readRunLineage(runId: string): Promise<RunLineage> {
    return readRunLineage(this.#context, runId);
  }

  readModelLineage(version: ModelVersion): Promise<ModelLineage> {
    return readModelLineage(this.#context, version);
  }

  readUses(sha256: string): Promise<readonly LineageEntry[]> {
    return readUses(this.#context, sha256);
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
