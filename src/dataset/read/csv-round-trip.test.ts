import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText } from './testdata/read-files.js';

type Value = string | number | boolean | null;

interface Written {
  readonly columns: readonly (readonly Value[])[];
  readonly csv: string;
  readonly delimiter: string;
}

/** Texts that no rule takes for a number, a date, a word for true or false, or a missing value. */
const text = fc
  .string({
    unit: fc.constantFrom(...'xyz', 'é', ...'🚕 ,;|\t"\'\n\r#<'),
    minLength: 1,
    maxLength: 8,
  })
  .map((value) => `t${value}`);
const orNull = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.option(value, { freq: 5 });

/** One kind a column; its first value is known, so that the kind shows. */
const column = (rows: number): fc.Arbitrary<readonly Value[]> =>
  fc
    .constantFrom<fc.Arbitrary<Value>>(
      text,
      fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
      // Whole numbers beyond 2^53 are read exactly, which JavaScript cannot compare.
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((v) => v + 0),
      fc.boolean(),
    )
    .chain((kind) =>
      fc
        .tuple(kind, fc.array(orNull(kind), { minLength: rows - 1, maxLength: rows - 1 }))
        .map(([first, others]) => [first, ...others]),
    );

const written: fc.Arbitrary<Written> = fc
  .record({
    rows: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 2, max: 5 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    quotesAll: fc.boolean(),
    endsWithLine: fc.boolean(),
  })
  .chain(({ rows, width, ...form }) =>
    fc.array(column(rows), { minLength: width, maxLength: width }).map((columns) => {
      const field = (value: Value): string => {
        if (value === null) return '';
        const plain = String(value);
        const needsQuotes = form.quotesAll || /["\r\n,;|\t]/.test(plain);
        return needsQuotes ? `"${plain.replaceAll('"', '""')}"` : plain;
      };
      const records = [
        columns.map((_, index) => `name ${index}`),
        ...Array.from({ length: rows }, (_, row) =>
          columns.map((values) => field(values[row] ?? null)),
        ),
      ].map((fields) => fields.join(form.delimiter));
      const csv = records.join(form.lineEnd) + (form.endsWithLine ? form.lineEnd : '');
      return { columns, csv, delimiter: form.delimiter };
    }),
  );

test('a table written as CSV in any way reads back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(written, async ({ columns, csv, delimiter }) => {
      const { table } = await readText(csv, { delimiter, header: true });
      const read = columns.map((_, index) => table.map((row) => row[`name ${index}`]));
      expect(read).toEqual(columns);
    }),
    { numRuns: 60 },
  );
}, 120_000);
