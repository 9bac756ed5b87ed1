import type { ColumnExpectation } from './pipeline-plan.js';

/** What is expected of a column of which nothing was said. */
export const noExpectation: ColumnExpectation = {
  type: null,
  maxNullFraction: null,
  min: null,
  max: null,
  values: null,
  maxUnknownFraction: 0,
  unique: false,
  pattern: null,
  minClassFraction: null,
  sensitive: false,
  onFail: 'stop',
};
