import type { StudyBudget } from '../../contract/study-budget.js';
import { formatNumber } from './format-number.js';

/** What ends a study, e.g. `ends after 60 trials, 30 minutes or 20 trials without improvement`. */
export function renderBudget({ trials, minutes, noImprovement }: StudyBudget): string {
  const bounds = [count(trials, 'trial')];
  if (minutes !== null) bounds.push(count(minutes, 'minute'));
  if (noImprovement !== null) bounds.push(`${count(noImprovement, 'trial')} without improvement`);
  const last = bounds.pop();
  return `ends after ${bounds.length === 0 ? last : `${bounds.join(', ')} or ${last}`}`;
}

function count(value: number, word: string): string {
  return `${formatNumber(value)} ${word}${value === 1 ? '' : 's'}`;
}
