import type { StepName } from './steps.js';

/** Highest epoch time that still has 14 digits; run-index keys count down from it, so newest come first. */
const farFutureMs = 99_999_999_999_999;

/** Keys of everything that is stored about requests and runs. */

export const pendingRequestsPrefix = 'requests-pending/';
export const runIndexPrefix = 'run-index/';

export function pendingRequestKey(requestId: string): string {
  return `${pendingRequestsPrefix}${requestId}`;
}

export function requestKey(requestId: string): string {
  return `requests/${requestId}.json`;
}

/** Empty object whose key order is the order of run lists: newest first. */
export function runIndexKey(runId: string, startedAtMs: number): string {
  return `${runIndexPrefix}${String(farFutureMs - startedAtMs).padStart(14, '0')}-${runId}`;
}

/** Reads the run id back from a key of the run index. */
export function runIdOfIndexKey(key: string): string {
  return key.slice(runIndexPrefix.length + 15);
}

export function runRequestKey(runId: string): string {
  return `runs/${runId}/request.json`;
}

export function runRecordKey(runId: string): string {
  return `runs/${runId}/record.json`;
}

/** OpenLineage events of a finished run, one a line. */
export function openLineageKey(runId: string): string {
  return `runs/${runId}/openlineage.jsonl`;
}

export function lineagePrefix(sha256: string): string {
  return `lineage/${sha256}/`;
}

/** Says that a run used or made the bytes of this digest. */
export function lineageKey(sha256: string, runId: string): string {
  return `${lineagePrefix(sha256)}${runId}`;
}

export function uploadKey(sha256: string): string {
  return `uploads/${sha256}.json`;
}

export function attemptsPrefix(runId: string): string {
  return `runs/${runId}/attempts/`;
}

export interface AttemptId {
  readonly runId: string;
  readonly step: StepName;
  readonly trial: number | null;
  /** How often the trial was trained again with another seed. */
  readonly again?: number;
  readonly attempt: number;
}

/** Name of a step in keys; trials of the tune step each have their own. */
export function attemptLabel(step: StepName, trial: number | null): string {
  return trial === null ? step : `${step}-${String(trial).padStart(4, '0')}`;
}

/** Label of a trial's trainings; `again`: how often it was trained again with another seed. */
export function trialLabel(number: number, again: number): string {
  const label = attemptLabel('tune', number);
  return again === 0 ? label : `${label}-again-${again}`;
}

function labelOf({ step, trial, again = 0 }: AttemptId): string {
  return trial === null ? attemptLabel(step, null) : trialLabel(trial, again);
}

export function attemptKey(id: AttemptId, event: 'started' | 'finished'): string {
  return `${attemptsPrefix(id.runId)}${labelOf(id)}/${String(id.attempt).padStart(4, '0')}.${event}.json`;
}

/** The best settings of a pipeline's last studies. */
export function earlierStudiesKey(pipeline: string): string {
  return `earlier-studies/${pipeline}.json`;
}

/** Those that a run may learn from, as they were when it began. */
export function runEarlierStudiesKey(runId: string): string {
  return `runs/${runId}/earlier-studies.json`;
}

export function studyPrefix(runId: string): string {
  return `runs/${runId}/study/`;
}

/** What a trial was given, and how it ended. */
export function trialKey(runId: string, number: number, part: 'suggested' | 'settled'): string {
  return `${studyPrefix(runId)}${String(number).padStart(6, '0')}.${part}.json`;
}

/** The trial whose reports a key names; `null` for other keys. */
export function numberOfReportsKey(key: string): number | null {
  const [, number] = /\/(\d+)\.reports\.json$/.exec(key) ?? [];
  return number === undefined ? null : Number(number);
}

/** What a running trial has reported so far. */
export function trialReportsKey(runId: string, number: number): string {
  return `${studyPrefix(runId)}${String(number).padStart(6, '0')}.reports.json`;
}

/** Reads the number of a trial back from any key of its study. */
export function trialOfKey(runId: string, key: string): number {
  return Number.parseInt(key.slice(studyPrefix(runId).length), 10);
}

export function logsPrefix(runId: string): string {
  return `runs/${runId}/logs/`;
}

/** Log objects sort by the time at which their attempt started. */
export function logKey(id: AttemptId, startedAtMs: number, sequence: number): string {
  const time = String(startedAtMs).padStart(14, '0');
  const part = String(sequence).padStart(6, '0');
  return `${logsPrefix(id.runId)}${time}-${labelOf(id)}-${id.attempt}-${part}.jsonl`;
}

export function checkpointsPrefix(runId: string, label: string): string {
  return `checkpoints/${runId}/${label}/`;
}

export function checkpointKey(runId: string, label: string, epoch: number): string {
  return `${checkpointsPrefix(runId, label)}${String(epoch).padStart(6, '0')}.json`;
}
