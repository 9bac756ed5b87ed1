import { toStudyId } from '../contract/ids.js';
import { progressQueryName, studyQueryName } from '../contract/messages.js';
import type { RunDescription } from '../contract/run-description.js';
import type { RunProgress } from '../contract/run-status.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { ClientContext } from './client-context.js';
import { describeRun } from './describe-run.js';
import { type FoundStudy, findStudy, type StudyTraces } from './find-study.js';
import { noStudyError } from './no-study-error.js';
import { queryWorkflow } from './query-workflow.js';
import { readRecord } from './read-record.js';
import type { StudyDescription } from './study-description.js';

/**
 * Shows the study of a run with all its trials, while it goes on or afterwards.
 *
 * @throws RecetaError `run-not-found`; `run-state-conflict` for a run without a study
 */
export async function readStudy(context: ClientContext, runId: string): Promise<StudyDescription> {
  const run = await describeRun(context, runId, 'brief');
  const study = await findStudy(context, runId, await findTraces(context, run));
  if (study === null) throw noStudyError(run, `show the study of ${runId}`, 'study');
  return describeStudy(context, runId, study);
}

async function findTraces(
  context: ClientContext,
  { runId, state }: Pick<RunDescription, 'runId' | 'state'>,
): Promise<StudyTraces> {
  if (state === 'finished') {
    const record = await readRecord(context, runId);
    return { report: record?.progress.study ?? null, status: null, isOver: true };
  }
  const [progress, status] = await Promise.all([
    queryWorkflow<RunProgress>(context, runId, progressQueryName),
    queryWorkflow<StudyStatus>(context, toStudyId(runId), studyQueryName),
  ]);
  return { report: progress?.study ?? null, status, isOver: false };
}

async function describeStudy(
  context: ClientContext,
  runId: string,
  { summary, trials, report }: FoundStudy,
): Promise<StudyDescription> {
  if (report !== null) {
    const { best, rescores, spaces, importance } = report;
    return { runId, ...summary, ...{ best, rescores, spaces, importance, trials } };
  }
  const reports = await context.studies.readReports(runId);
  return {
    ...{ runId, ...summary, best: null, rescores: [], spaces: {}, importance: {} },
    trials: trials.map((trial) => ({
      ...trial,
      reports: reports.get(trial.number)?.reports ?? [],
    })),
  };
}
