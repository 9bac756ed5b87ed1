import { expect, test } from 'vitest';
import { toContours } from './contour.js';
import { toIntermediateValues } from './intermediate-values.js';
import { toOptimizationHistory } from './optimization-history.js';
import { toParallelCoordinate } from './parallel-coordinate.js';
import { toSlices } from './slice.js';
import { reportSpace, reportTrials } from './testdata/report-trials.js';
import { toTimeline } from './timeline.js';

test.each([
  ['history', toOptimizationHistory(reportTrials)],
  ['parallel coordinates', toParallelCoordinate(reportSpace, reportTrials)],
  ['slices', toSlices(reportSpace, reportTrials)],
  ['contours', toContours(reportSpace, reportTrials, ['rate', 'layers'])],
  ['intermediate values', toIntermediateValues(reportTrials)],
  ['timeline', toTimeline(reportTrials)],
])('the %s survive JSON as they are', (_, picture) => {
  expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
});
