import { describe, expect, it } from 'vitest';
import { runIdPattern, toRunId } from './ids.js';

describe('runIdPattern', () => {
  it('accepts what toRunId builds', () => {
    const runId = toRunId('penguins', Date.UTC(2026, 10, 23, 17, 8, 12), '4f9k2m');
    expect(runId).toBe('penguins-20261123-170812-4f9k2m');
    expect(runId).toMatch(runIdPattern);
  });

  it('accepts the name of a schedule with the time that Temporal adds', () => {
    expect('nightly-2026-11-23T17:00:00Z').toMatch(runIdPattern);
  });

  it.each([
    '',
    'penguins',
    '../penguins-20261123-170812-4f9k2m',
    'a/b-20261123-170812-4f9k2m',
    'penguins-20261123-170812-4f9k2m\n',
  ])('refuses %j', (text) => {
    expect(text).not.toMatch(runIdPattern);
  });
});
