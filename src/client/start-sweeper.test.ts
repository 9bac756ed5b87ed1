import { expect, it } from 'vitest';
import { startSweeper } from './start-sweeper.js';

it('goes on after a failed sweep, tells a reason once, and stops with the signal', async () => {
  const abort = new AbortController();
  const warnings: string[] = [];
  const outcomes = ['away', 'away', null, 'away', null];
  let sweeps = 0;
  const client = {
    async sweepRequests() {
      const outcome = outcomes[sweeps];
      sweeps += 1;
      if (sweeps === outcomes.length) abort.abort();
      if (outcome) throw new Error(outcome);
      return { started: [], removed: 0 };
    },
  };
  const warn = (message: string): void => void warnings.push(message);
  await startSweeper(client, { signal: abort.signal, warn, intervalMs: 0 });
  expect(sweeps).toBe(5);
  expect(warnings).toEqual(Array(2).fill('accepted runs could not be started: away'));
});
