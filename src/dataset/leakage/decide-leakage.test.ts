import { expect, test } from 'vitest';
import { decideLeakage } from './decide-leakage.js';
import type { LeakageReport, LeakFinding } from './leakage-report.js';

const finding: LeakFinding = {
  kind: 'target-in-column',
  severity: 'stop',
  columns: ['alive'],
  figure: 1,
  message: "column 'alive' gives the target away",
};
const doubt: LeakFinding = { ...finding, severity: 'warn', columns: ['total'], message: 'maybe' };
const reportOf = (...findings: LeakFinding[]): LeakageReport => ({
  format: 'receta-leakage/1',
  checked: true,
  findings,
});

test('a leak that is near to certain stops the run and names its columns', () => {
  expect(() => decideLeakage(reportOf(doubt, finding), 'stop')).toThrowError(
    expect.objectContaining({
      code: 'leakage-found',
      message: expect.stringContaining("column 'alive' gives the target away"),
      problems: [{ path: 'alive', message: "column 'alive' gives the target away" }],
    }),
  );
});

test('doubts are warnings, and so is everything where the file says so', () => {
  expect(decideLeakage(reportOf(doubt), 'stop')).toEqual(['maybe']);
  expect(decideLeakage(reportOf(finding, doubt), 'warn')).toEqual([finding.message, 'maybe']);
});
