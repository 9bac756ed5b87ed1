import { z } from 'zod';
import { RecetaError } from '../contract/errors.js';
import type { FixedRows } from '../contract/pipeline-plan.js';

const wantedRow = 'a row number, counted from 0';
const rowNumbers = z.array(
  z
    .int({ error: wantedRow })
    .min(0, wantedRow)
    .max(2 ** 31 - 1, wantedRow),
  {
    error: 'a list of row numbers, counted from 0',
  },
);

/** Row numbers of the parts; rows in no list are trained on. */
export const fixedRowsSchema = z
  .strictObject(
    {
      test: rowNumbers.min(1, 'at least one row number').describe('Rows of the test part'),
      validation: rowNumbers
        .min(1, 'at least one row number')
        .describe('Rows of the validation part'),
    },
    { error: 'a section with test and validation' },
  )
  .superRefine(({ test, validation }, context) => {
    const seen = new Set<number>();
    for (const [part, rows] of Object.entries({ test, validation })) {
      const index = rows.findIndex((row) => seen.size === seen.add(row).size);
      if (index < 0) continue;
      const message = `is ${rows[index]}, which was named before; a row is in one part, once`;
      context.addIssue({ code: 'custom', path: [part, index], message });
      return;
    }
  });

/**
 * Reads the content of a JSON file with row numbers.
 *
 * @throws RecetaError `pipeline-invalid`
 */
export function parseFixedRows(
  text: string,
  { fileName }: { readonly fileName: string },
): FixedRows {
  const result = fixedRowsSchema.safeParse(parseJson(text, fileName));
  if (result.success) return sortRows(result.data);
  const [issue] = result.error.issues;
  const place = issue?.path.length ? `${issue.path.map(String).join('.')} ` : '';
  const wanted = issue?.code === 'custom' ? '' : 'wanted ';
  throw new RecetaError(
    'pipeline-invalid',
    `cannot read the row numbers in ${fileName}: ${place}${wanted}${issue?.message ?? ''}`,
  );
}

/** Equal sets of rows make equal artifacts. */
export function sortRows({ validation, test }: FixedRows): FixedRows {
  return { validation: validation.toSorted((a, b) => a - b), test: test.toSorted((a, b) => a - b) };
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RecetaError(
      'pipeline-invalid',
      `cannot read the row numbers in ${fileName}: it is not JSON`,
      {
        cause,
      },
    );
  }
}
