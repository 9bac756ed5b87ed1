import { expect, it } from 'vitest';
import { renderBudget } from './render-budget.js';

it.each([
  [{ trials: 1, minutes: null, noImprovement: null }, 'ends after 1 trial'],
  [
    { trials: 2000, minutes: 0.5, noImprovement: null },
    'ends after 2,000 trials or 0.5000 minutes',
  ],
  [
    { trials: 60, minutes: 30, noImprovement: 20 },
    'ends after 60 trials, 30 minutes or 20 trials without improvement',
  ],
])('renderBudget tells what ends a study: %j', (budget, line) => {
  expect(renderBudget(budget)).toBe(line);
});
