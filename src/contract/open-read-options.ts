import type { ReadOptions } from './pipeline-plan.js';

/** How files are read of which nothing was said: everything is found out. */
export const openReadOptions: ReadOptions = {
  format: null,
  delimiter: null,
  quote: null,
  encoding: null,
  header: null,
  columns: null,
  nulls: null,
  decimal: null,
  datetimeFormat: null,
  types: {},
  badRows: 'stop',
};
