import type { StudyBudget } from '../../contract/study-budget.js';
import type { StudyOrder } from '../../contract/study-order.js';
import { settledTrials } from './settled-trials.js';
import type { StudyTrial } from './study-trial.js';

/** A trial as the end of a study depends on it. */
export interface BudgetedTrial extends StudyTrial {
  /** Objective, lower is better; `null` unless complete. */
  readonly value: number | null;
  /** Place in the recorded order of ends; `null` while it runs. */
  readonly ended: number | null;
}

export interface StudyEnd {
  readonly cause: 'trials' | 'no-improvement' | 'minutes';
  /** For people. */
  readonly reason: string;
}

/**
 * Whether a study ends instead of starting trial `number`; `null`: it goes on. Trials in flight may end, and whatever
 * was best by then is the study's result. Complete trials are counted by number in fixed order, else as they ended;
 * only minutes depend on the clock.
 *
 * @param elapsedMinutes since the start of the study, pauses left out
 */
export function stopStudy({
  budget,
  order,
  number,
  trials,
  elapsedMinutes,
}: {
  readonly budget: StudyBudget;
  readonly order: StudyOrder;
  readonly number: number;
  readonly trials: readonly BudgetedTrial[];
  readonly elapsedMinutes: number;
}): StudyEnd | null {
  if (number >= budget.trials) {
    return { cause: 'trials', reason: `all ${budget.trials} trials of its budget were tried` };
  }
  if (budget.noImprovement !== null) {
    const reason = findStandstill(budget.noImprovement, order, number, trials);
    if (reason !== null) return { cause: 'no-improvement', reason };
  }
  if (budget.minutes !== null && elapsedMinutes >= budget.minutes) {
    return { cause: 'minutes', reason: `the ${budget.minutes} minutes of its budget are over` };
  }
  return null;
}

function findStandstill(
  limit: number,
  order: StudyOrder,
  number: number,
  trials: readonly BudgetedTrial[],
): string | null {
  const complete = settledTrials(order, number, trials).filter(({ state }) => state === 'complete');
  const inOrder =
    order.kind === 'fixed'
      ? complete
      : [...complete].sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0));
  let best: { readonly number: number; readonly value: number } | null = null;
  let since = 0;
  for (const { number, value } of inOrder) {
    const improves = value !== null && Number.isFinite(value) && value < (best?.value ?? Infinity);
    since = improves ? 0 : since + 1;
    if (improves) best = { number, value };
  }
  if (since < limit) return null;
  return best === null
    ? `none of the first ${since} complete trials has a value`
    : `the last ${since} complete trials were no better than trial ${best.number}`;
}
