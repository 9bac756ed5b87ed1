import type { StudyStatus } from '../../contract/tuning-study.js';
import { formatNumber } from './format-number.js';
import { renderBudget } from './render-budget.js';
import { renderDecision } from './render-decision.js';

/** A running study after a change: what was done, how it is, and what ends it. */
export function renderStudyStatus(runId: string, status: StudyStatus): string[] {
  const { state, budget, count, running, enqueued } = status;
  const done = status.decisions.at(-1);
  const waiting = enqueued === 0 ? '' : `, ${formatNumber(enqueued)} enqueued`;
  return [
    ...(done === undefined ? [] : [renderDecision(done)]),
    `study of ${runId} ${state}: ${formatNumber(count)} trials begun, ${running.length} running${waiting}`,
    renderBudget(budget),
  ];
}
