import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Parameters } from '../../src/contract/run-status.js';
import type { ParameterRange } from '../../src/contract/search-space.js';
import { median } from '../bench-report.js';
import type { TuningProblem } from './tuning-problem.js';

/** Networks that were trained with every setting of a grid, several seeds each; see the README of the data. */
export const tableNames = [
  'hpobench-australian',
  'hpobench-credit_g',
  'hpobench-phoneme',
  'hpobench-segment',
  'hpolib-naval',
  'hpolib-parkinsons',
  'hpolib-protein',
  'hpolib-slice',
] as const;

interface HpoTable {
  readonly direction: 'minimize' | 'maximize';
  readonly params: readonly {
    readonly name: string;
    readonly type: 'float' | 'int' | 'categorical';
    readonly values: readonly (number | string)[];
  }[];
  readonly best: { readonly mean: number };
  readonly mean: readonly number[];
  readonly per_seed: readonly (readonly number[])[];
}

/**
 * A tuning problem over a grid of real trainings. Numeric parameters are tuned by the position of their value in its
 * list. A trial reports what one of the seeds gave; regret is measured on the mean over all seeds.
 */
export function loadTableProblem(folder: string, name: string): TuningProblem {
  const text = gunzipSync(readFileSync(join(folder, `${name}.json.gz`))).toString('utf8');
  const table: HpoTable = JSON.parse(text);
  const indexOf = (parameters: Parameters): number =>
    table.params.reduce((index, { name: key, type, values }) => {
      const value = parameters[key];
      const position = type === 'categorical' ? values.indexOf(String(value)) : Number(value);
      return index * values.length + position;
    }, 0);
  const sign = table.direction === 'minimize' ? 1 : -1;
  const toRegret = (mean: number): number => sign * (mean - table.best.mean);
  return {
    name,
    space: table.params.map(toRange),
    evaluate: (parameters, draw) => {
      const values = table.per_seed[Math.floor(draw * table.per_seed.length)];
      return sign * (values?.[indexOf(parameters)] ?? Number.NaN);
    },
    regretOf: (parameters) => toRegret(table.mean[indexOf(parameters)] ?? Number.NaN),
    medianRegret: toRegret(median(table.mean)),
  };
}

function toRange({ name, type, values }: HpoTable['params'][number]): ParameterRange {
  return type === 'categorical'
    ? { kind: 'categorical', name, choices: values }
    : { kind: 'int', name, low: 0, high: values.length - 1 };
}
