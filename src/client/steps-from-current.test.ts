import { describe, expect, it } from 'vitest';
import { stepsFromCurrent, stepsFromLast } from './steps-from-current.js';

describe('stepsFromCurrent', () => {
  it('takes the steps before the running one as succeeded', () => {
    const states = stepsFromCurrent('transform').map(({ name, state }) => `${name} ${state}`);
    expect(states.slice(0, 4)).toEqual([
      'download succeeded',
      'validate succeeded',
      'transform running',
      'prepare waiting',
    ]);
  });

  it('lets every step wait before the first one runs', () => {
    expect(new Set(stepsFromCurrent(null).map(({ state }) => state))).toEqual(new Set(['waiting']));
  });
});

describe('stepsFromLast', () => {
  it('leaves no step running or waiting', () => {
    const states = stepsFromLast('validate', 'failed').map(({ state }) => state);
    expect(states.slice(0, 3)).toEqual(['succeeded', 'failed', 'skipped']);
    expect(states).not.toContain('waiting');
  });
});
