import type { StudySummary } from '../../contract/run-description.js';
import { formatNumber } from './format-number.js';

/** Trials of a study by state, e.g. `9 complete, 1 pruned, 2 running`; states that no trial has are left out. */
export function renderCounts({ complete, ...others }: StudySummary['counts']): string {
  const shown = (['pruned', 'running', 'failed'] as const).filter((state) => others[state] > 0);
  return [
    `${formatNumber(complete)} complete`,
    ...shown.map((state) => `${formatNumber(others[state])} ${state}`),
  ].join(', ');
}
