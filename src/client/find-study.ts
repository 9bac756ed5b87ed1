import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { StudySummary } from '../contract/run-description.js';
import type { StudyReport } from '../contract/study-report.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { ClientContext } from './client-context.js';
import { collectTrials } from './collect-trials.js';
import { countStates } from './count-states.js';
import type { StudyTrial } from './study-description.js';

/** What a run tells of its study. */
export interface StudyTraces {
  /** StudyReport; `null`: the study has not come to its end, or nobody could be asked. */
  readonly report: ArtifactRef | null;
  /** `null`: the study does not run, or no worker could be asked. */
  readonly status: StudyStatus | null;
  /** Whether the run has ended. */
  readonly isOver: boolean;
}

export interface FoundStudy {
  readonly summary: StudySummary;
  /** By number. */
  readonly trials: readonly StudyTrial[];
  /** `null` while it goes on, and of a study that has not come to its end. */
  readonly report: StudyReport | null;
}

/** Puts a study together from its report or, without one, from its workflow and the store; `null`: there is none. */
export async function findStudy(
  context: ClientContext,
  runId: string,
  { report: ref, status, isOver }: StudyTraces,
): Promise<FoundStudy | null> {
  // Records of earlier versions have no such field.
  const report = ref ? await context.reports.read(ref) : null;
  if (report !== null) {
    const { trials, budget, decisions } = report;
    const counts = countStates(trials);
    return {
      summary: { state: 'ended', budget, counts, enqueued: 0, decisions },
      ...{ trials, report },
    };
  }
  const count = status?.count ?? (await context.studies.count(runId));
  if (count === 0 && status === null) return null;
  const stored = await context.studies.readFirst(runId, count);
  const trials = collectTrials({ stored, status, isOver });
  const summary = {
    state: isOver ? ('ended' as const) : (status?.state ?? null),
    budget: status?.budget ?? null,
    counts: countStates(trials),
    enqueued: status?.enqueued ?? 0,
    decisions: status?.decisions ?? [],
  };
  return { summary, trials, report };
}
