import { z } from 'zod';
import type { ParameterRange } from '../contract/search-space.js';
import { bound, flag, scalar } from './fields.js';

const wantedEntry = 'a list of values, or a section with low and high';

const choices = z
  .array(scalar, { error: wantedEntry })
  .min(1, 'a list of at least one value')
  .superRefine((values, context) => {
    const index = values.findIndex((value, position) => values.indexOf(value) !== position);
    if (index < 0) return;
    context.addIssue({ code: 'custom', path: [index], message: 'stands in the list before' });
  });

/** 0.3 - 0.1 is a little less than 0.2. */
const roundingSlack = 1 + 1e-9;

const range = z
  .strictObject(
    {
      low: bound.describe('Least value'),
      high: bound.describe('Greatest value'),
      log: flag.exactOptional().describe('Whether values are drawn evenly on the logarithm'),
      int: flag.exactOptional().describe('Whether only whole numbers are drawn'),
      step: bound
        .exactOptional()
        .describe('Distance of the values from `low` on; with `int` 1 unless given'),
    },
    { error: wantedEntry },
  )
  .superRefine(({ low, high, log = false, int = false, step }, context) => {
    const report = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    if (low >= high) report('high', `is ${high}, wanted more than low, which is ${low}`);
    if (log && low <= 0) report('low', `is ${low}, wanted a number above 0, since log is true`);
    if (step !== undefined && step <= 0) report('step', `is ${step}, wanted a number above 0`);
    if (step !== undefined && low < high && step > (high - low) * roundingSlack)
      report('step', `is ${step}, wanted at most ${high - low}, which lies between low and high`);
    if (!int) return;
    for (const [key, value] of Object.entries({ low, high, step: step ?? 1 })) {
      if (!Number.isSafeInteger(value))
        report(key, `is ${value}, wanted a whole number, since int is true`);
    }
  });

/** What a study tries, by dotted path; whether the paths lead anywhere is checked with the whole file. */
export const spaceSchema = z.record(
  z.string().min(1).meta({ title: 'path' }),
  z.union([choices, range], { error: wantedEntry }),
  {
    error: 'a section of parameters with what to try',
  },
);

export type SpaceFields = z.output<typeof spaceSchema>;

/** One range of a search space, as the study knows it. */
export function toParameterRange(name: string, entry: SpaceFields[string]): ParameterRange {
  if (Array.isArray(entry)) return { kind: 'categorical', name, choices: entry };
  const { low, high, log = false, int = false, step } = entry;
  return {
    ...{ kind: int ? 'int' : 'float', name, low, high },
    ...(log ? { log } : {}),
    ...(step === undefined ? {} : { step }),
  };
}
