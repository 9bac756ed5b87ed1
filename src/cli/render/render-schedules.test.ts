import { describe, expect, it } from 'vitest';
import { renderSchedules } from './render-schedules.js';

const nightly = {
  name: 'nightly',
  pipeline: 'penguins',
  cron: '0 3 * * *',
  everyMs: null,
  timezone: 'Europe/Vienna',
  paused: false,
  note: null,
  nextRunsAt: ['2026-11-24T02:00:00.000Z'],
  recentRuns: [{ runId: 'nightly-2026-11-23T02:00:00Z', startedAt: '2026-11-23T02:00:00.000Z' }],
};

describe('renderSchedules', () => {
  it('shows rhythm, next time and last run; a paused one has no next time', () => {
    const hourly = {
      ...nightly,
      name: 'hourly',
      cron: null,
      everyMs: 3_600_000,
      paused: true,
      recentRuns: [],
    };
    expect(renderSchedules([nightly, hourly])).toEqual([
      'schedule  pipeline  when                       state   next                  last run',
      'nightly   penguins  0 3 * * * (Europe/Vienna)  active  2026-11-24T02:00:00Z  nightly-2026-11-23T02:00:00Z',
      'hourly    penguins  every 1 h 00 min           paused  -                     -',
    ]);
  });

  it('says how to make one when there is none', () => {
    expect(renderSchedules([])).toEqual([
      'no schedules yet (make one: receta schedule create pipeline.yaml --cron "0 3 * * *")',
    ]);
  });
});
