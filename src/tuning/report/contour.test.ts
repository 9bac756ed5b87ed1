import { expect, test } from 'vitest';
import { toContours } from './contour.js';
import { reportSpace, reportTrials } from './testdata/report-trials.js';

test('each pair of the named parameters has the values of the trials that have both', () => {
  const contours = toContours(reportSpace, reportTrials, ['activation', 'rate', 'layers']);
  expect(contours.map(({ x, y }) => [x.parameter, y.parameter])).toEqual([
    ['activation', 'rate'],
    ['activation', 'layers'],
    ['rate', 'layers'],
  ]);
  expect(contours[0]?.points[2]).toEqual({ number: 4, x: 'selu', y: 0.01, value: 0.3 });
  expect(contours[1]?.points.map(({ number }) => number)).toEqual([0, 1, 6]);
});

test('a name that the space does not have is in no pair', () => {
  expect(toContours(reportSpace, reportTrials, ['rate', 'momentum'])).toEqual([]);
});
