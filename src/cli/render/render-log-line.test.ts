import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../contract/log-line.js';
import { renderLogLine } from './render-log-line.js';

const line: LogLine = {
  time: '2026-11-23T17:08:12.000Z',
  level: 'info',
  step: 'validate',
  trial: null,
  attempt: 1,
  message: '344 rows',
};
const render = (change: Partial<LogLine>) =>
  renderLogLine({ ...line, ...change }, pc.createColors(false));

describe('renderLogLine', () => {
  it('leads with time and step', () => {
    expect(render({})).toBe('2026-11-23T17:08:12.000Z validate: 344 rows');
  });

  it('names the trial, and the attempt when it is not the first', () => {
    expect(render({ step: 'tune', trial: 3, attempt: 2, message: 'epoch 4' })).toBe(
      '2026-11-23T17:08:12.000Z tune/3 (attempt 2): epoch 4',
    );
  });

  it('says so when a line is a warning or an error', () => {
    expect(render({ level: 'warn', message: 'x' })).toMatch(/validate: warning: x$/);
    expect(render({ level: 'error', message: 'x' })).toMatch(/validate: error: x$/);
  });
});
