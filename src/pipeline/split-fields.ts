import { z } from 'zod';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import {
  columnName,
  columnNames,
  duration,
  flag,
  fraction,
  oneOrMore,
  scalar,
  seed,
  wantedSection,
  wholeNumber,
} from './fields.js';
import { fixedRowsSchema } from './fixed-rows.js';

const types = ['hash', 'time', 'column', 'fixed'] as const satisfies SplitPlan['type'][];

const labels = oneOrMore(scalar, 'a value of the column, or a list of these');
const wantedRows = 'a section with test and validation, or the path of a JSON file with these';

/** Keys of the split, each checked by itself. */
export const splitFields = z.strictObject(
  {
    type: z
      .enum(types, { error: types.join(', ').replace(', fixed', ' or fixed') })
      .exactOptional()
      .describe(
        'How rows are divided; unset: `by` makes it time, `column` column, `rows` fixed, else hash',
      ),
    train: fraction.exactOptional().describe('Expected fraction to learn from; unset: 0.64'),
    validation: fraction.exactOptional().describe('Expected fraction to choose by; unset: 0.16'),
    test: fraction.exactOptional().describe('Expected fraction to judge by at the end; unset: 0.2'),
    seed: seed
      .exactOptional()
      .describe('Another seed, another split; for hash and fixed; unset: 0'),
    key: columnNames
      .exactOptional()
      .describe(
        'Columns that decide the part of a row; for hash; unset: those with the role key or group',
      ),
    stratify: flag
      .exactOptional()
      .describe('Whether each class is divided by itself; for hash and fixed; unset: false'),
    folds: wholeNumber(2, 20)
      .exactOptional()
      .describe('Parts to validate on in turn, beside the test part; for hash and time'),
    by: columnName
      .exactOptional()
      .describe('Column with the time; for time; unset: the one with the role time'),
    gap: duration
      .exactOptional()
      .describe('Time left out before each later part, such as `1d`; for time; unset: none'),
    column: columnName.exactOptional().describe('Column that says the part of a row; for column'),
    values: z
      .strictObject(
        {
          train: labels.exactOptional().describe('Values that mean the train part; unset: `train`'),
          validation: labels
            .exactOptional()
            .describe('Values that mean the validation part; unset: `validation`'),
          test: labels.exactOptional().describe('Values that mean the test part; unset: `test`'),
        },
        { error: 'a section with train, validation and test' },
      )
      .exactOptional()
      .describe('What the values of `column` mean'),
    rows: z
      .union([fixedRowsSchema, z.string().min(1)], { error: wantedRows })
      .exactOptional()
      .describe('Row numbers, counted from 0, or the path of a JSON file with these; for fixed'),
  },
  { error: wantedSection },
);

export type SplitFields = z.output<typeof splitFields>;
