import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noExpectation } from '../../contract/no-expectation.js';
import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import type { CheckResult } from '../checks/check-plan.js';
import { toTextLiteral } from '../checks/sql-literal.js';
import { quoteName, quoteText } from '../sql/quote.js';
import { checkColumn, checkQuery, readParquet } from '../testdata/check-query.js';

async function onlyCheck(
  query: string,
  column: string,
  expectation: Partial<ColumnExpectation>,
): Promise<CheckResult> {
  const { checks } = await checkColumn(query, column, expectation);
  expect(checks).toHaveLength(1);
  return checks[0] as CheckResult;
}

const fares = "SELECT unnest([5.0, 7.5, NULL, -1.0, 250.0, 'NaN'::DOUBLE]) AS fare";
const plans = "SELECT unnest(['free', 'pro', 'free', 'trial', NULL]) AS plan";

describe('checks of a column', () => {
  test('a range counts values outside, and NaN and missing values are not among them', async () => {
    expect(await onlyCheck(fares, 'fare', { min: 0, max: 200 })).toEqual({
      name: 'fare: range',
      column: 'fare',
      passed: false,
      onFail: 'stop',
      observed: '-1 to 250',
      limit: '0 to 200',
      affectedRows: 2,
      samples: ['row 4', 'row 5'],
      message:
        'fare: range: 2 values are not 0 to 200 (found -1 to 250); correct them, or widen validate.columns.fare',
    });
  });

  test('limits belong to the range', async () => {
    const check = await onlyCheck(fares, 'fare', { min: -1, max: 250 });
    expect(check).toMatchObject({
      passed: true,
      affectedRows: 0,
      samples: [],
      message: 'fare: range: holds',
    });
  });

  test('times are compared with ISO limits of any zone', async () => {
    const times =
      "SELECT unnest([TIMESTAMP '2024-01-31 23:30:00', TIMESTAMP '2024-02-01 00:30:00']) AS at";
    const limits = { min: '2024-02-01T00:00:00+01:00', max: '2024-02-01T00:30:00Z' };
    expect(await onlyCheck(times, 'at', limits)).toMatchObject({ passed: true });
    expect(await onlyCheck(times, 'at', { min: '2024-02-01' })).toMatchObject({
      passed: false,
      affectedRows: 1,
      samples: ['row 1'],
      observed: '2024-01-31T23:30:00Z to 2024-02-01T00:30:00Z',
    });
  });

  test('a limit of another kind than the column fails and says so', async () => {
    expect(await onlyCheck(plans, 'plan', { min: 0 })).toMatchObject({
      passed: false,
      observed: 'text',
      message: expect.stringContaining('cannot be compared with at least 0'),
    });
    expect(await onlyCheck(fares, 'fare', { min: '2024-01-01' })).toMatchObject({ passed: false });
  });

  test('missing values, NaN among them, are held against the allowed share', async () => {
    expect(await onlyCheck(fares, 'fare', { maxNullFraction: 0.4 })).toMatchObject({
      passed: true,
      observed: 2 / 6,
    });
    expect(await onlyCheck(fares, 'fare', { maxNullFraction: 0.1 })).toMatchObject({
      passed: false,
      affectedRows: 2,
      limit: 0.1,
      samples: ['row 3', 'row 6'],
      message: expect.stringContaining('2 of 6 values are missing (33.3 %), more than 10 %'),
    });
  });

  test('values that are not listed are counted, up to the share that may be unknown', async () => {
    const values = ['free', 'pro'];
    expect(await onlyCheck(plans, 'plan', { values })).toMatchObject({
      passed: false,
      observed: 0.25,
      limit: 'free, pro',
      affectedRows: 1,
      samples: ['row 4'],
      message: expect.stringContaining("e.g. 'trial'"),
    });
    expect(await onlyCheck(plans, 'plan', { values, maxUnknownFraction: 0.25 })).toMatchObject({
      passed: true,
    });
  });

  test.each([
    ['SELECT unnest([1, 2, 2]) AS x', [1, '2'], 0],
    ['SELECT unnest([1.5, 2]) AS x', [2], 1],
    ['SELECT unnest([true, false]) AS x', [true], 1],
    ["SELECT unnest([DATE '2024-01-31']) AS x", ['2024-01-31'], 0],
    ["SELECT unnest([DATE '2024-01-31']) AS x", ['January'], 1],
  ])(
    'listed values are compared in the type of the column: %s in %s',
    async (query, values, affectedRows) => {
      expect(await onlyCheck(query, 'x', { values })).toMatchObject({ affectedRows });
    },
  );

  test('a value that comes again is not unique, missing ones do not count', async () => {
    const ids = "SELECT unnest(['a', 'b', 'a', NULL, NULL, 'a']) AS id";
    expect(await onlyCheck(ids, 'id', { unique: true })).toMatchObject({
      passed: false,
      affectedRows: 2,
      samples: ['row 3', 'row 6'],
      observed: '2 different values in 4 rows',
    });
  });

  test('a pattern has to match the whole text', async () => {
    const ids = "SELECT unnest(['AB12', 'AB12x', 'ab1', NULL]) AS id";
    expect(await onlyCheck(ids, 'id', { pattern: '[A-Z]{2}[0-9]+' })).toMatchObject({
      passed: false,
      affectedRows: 2,
      samples: ['row 2', 'row 3'],
      limit: '[A-Z]{2}[0-9]+',
    });
  });

  test('a pattern that RE2 refuses is named by its place in the pipeline file', async () => {
    await expect(checkColumn(plans, 'plan', { pattern: '(?=x)' })).rejects.toMatchObject({
      code: 'pipeline-invalid',
      problems: [{ path: 'validate.columns.plan.pattern' }],
    });
  });

  test.each([
    ['SELECT unnest([1.0, 2.0, NULL]) AS x', 'integer', true, 0],
    ['SELECT unnest([1.0, 2.5]) AS x', 'integer', false, 1],
    ['SELECT unnest([1, 2]) AS x', 'number', true, 0],
    ["SELECT unnest(['1', 'two', '3.5']) AS x", 'number', false, 1],
    ["SELECT unnest(['1', 'two', '3.5']) AS x", 'integer', false, 2],
    ["SELECT unnest(['2024-01-31', 'soon']) AS x", 'datetime', false, 1],
    ['SELECT unnest([1, 2]) AS x', 'text', false, 2],
    ["SELECT unnest(['a']) AS x", 'text', true, 0],
  ] as const)('the type of %s is held against %s', async (query, type, passed, affectedRows) => {
    expect(await onlyCheck(query, 'x', { type })).toMatchObject({ passed, affectedRows });
  });

  test('the rarest class is held against the least share', async () => {
    const labels = "SELECT CASE WHEN i < 3 THEN 'yes' ELSE 'no' END AS y FROM range(100) t(i)";
    expect(await onlyCheck(labels, 'y', { minClassFraction: 0.05 })).toMatchObject({
      passed: false,
      observed: 0.03,
      affectedRows: 3,
      message: expect.stringContaining("class 'yes' makes up 3 % of 100 rows"),
    });
    expect(await onlyCheck(labels, 'y', { minClassFraction: 0.03 })).toMatchObject({
      passed: true,
    });
  });

  test('a column that the table lacks is an error that lists those it has', async () => {
    await expect(checkColumn(plans, 'plans', { unique: true })).rejects.toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining("no column 'plans'. Its columns are plan."),
    });
  });
});

describe('checks of a table', () => {
  test('the number of rows has a least and a greatest value', async () => {
    const rows = { min: 10, max: null, onFail: 'warn' } as const;
    const { checks } = await checkQuery(plans, { rows });
    expect(checks).toMatchObject([
      { name: 'rows', passed: false, observed: 5, limit: 'at least 10' },
    ]);
    expect((await checkQuery(plans, { rows: { ...rows, min: 5, max: 5 } })).checks).toMatchObject([
      { passed: true },
    ]);
  });

  test('the age of the newest row counts for freshness', async () => {
    const query = "SELECT unnest([TIMESTAMP '2024-01-30', TIMESTAMP '2024-01-31 12:00:00']) AS at";
    const freshness = {
      column: 'at',
      maxAgeMs: 86_400_000,
      nowMs: Date.parse('2024-02-01T12:00:00Z'),
      onFail: 'stop',
    } as const;
    expect((await checkQuery(query, { freshness })).checks).toMatchObject([
      { name: 'at: freshness', passed: true, observed: '2024-01-31T12:00:00.000Z' },
    ]);
    const later = { ...freshness, nowMs: freshness.nowMs + 1 };
    expect((await checkQuery(query, { freshness: later })).checks).toMatchObject([
      { passed: false },
    ]);
  });

  test('samples are values of the key columns where there are any', async () => {
    const query = "SELECT unnest(['a', 'b']) AS id, unnest([1, 2]) AS n, unnest([5, -5]) AS x";
    const columns = { x: { ...noExpectation, min: 0 } };
    const { checks } = await checkQuery(query, { columns, keys: ['id', 'n'] });
    expect(checks[0]?.samples).toEqual([expect.stringMatching(/^\S+ b, \S+ 2$/)]);
  });

  test('at most ten samples are shown', async () => {
    const { checks } = await checkColumn('SELECT i FROM range(100) t(i)', 'i', { max: -1 });
    expect(checks[0]?.samples).toHaveLength(10);
  });
});

describe('sensitive columns', () => {
  const query =
    "SELECT unnest(['secret-1', 'secret-2', 'secret-2']) AS ssn, unnest([77001, 77002, 77003]) AS pin";

  test('none of their values is in checks or profile', async () => {
    const result = await checkQuery(query, {
      columns: {
        ssn: {
          ...noExpectation,
          sensitive: true,
          unique: true,
          values: ['x'],
          pattern: 'y',
          type: 'number',
        },
        pin: { ...noExpectation, sensitive: true, min: 1, max: 2, minClassFraction: 0.9 },
      },
      keys: ['ssn'],
    });
    const shown = JSON.stringify(result);
    expect(shown).not.toContain('secret');
    expect(shown).not.toMatch(/7700/);
    expect(result.checks.every(({ passed }) => !passed)).toBe(true);
    expect(result.profile.columns[1]).toMatchObject({
      nulls: 0,
      distinct: 3,
      sensitive: true,
      min: null,
    });
  });

  test('they do not identify rows at fault in other columns either', async () => {
    const { checks } = await checkQuery(`SELECT *, -1 AS x FROM (${query})`, {
      columns: { ssn: { ...noExpectation, sensitive: true }, x: { ...noExpectation, min: 0 } },
      keys: ['ssn'],
    });
    expect(checks[0]?.samples).toEqual(['row 1', 'row 2', 'row 3']);
  });
});

describe('quarantine', () => {
  test('rows at fault go to the rejects with row and reasons, the others keep their order', async () => {
    const query =
      "SELECT unnest([1, -2, 3, -4, NULL]) AS x, unnest(['a', 'b', 'zz', 'zz', 'c']) AS y";
    const { rejectedRows, cleanPath, rejectsPath, checks } = await checkQuery(query, {
      columns: {
        x: { ...noExpectation, min: 0, onFail: 'quarantine' },
        y: { ...noExpectation, pattern: '.', onFail: 'quarantine' },
      },
    });
    expect(rejectedRows).toEqual([1, 2, 3]);
    expect(await readParquet(cleanPath)).toEqual([
      { x: 1, y: 'a' },
      { x: null, y: 'c' },
    ]);
    expect(await readParquet(rejectsPath)).toEqual([
      { receta_row: 1n, receta_reason: 'x: range', x: -2, y: 'b' },
      { receta_row: 2n, receta_reason: 'y: pattern', x: 3, y: 'zz' },
      { receta_row: 3n, receta_reason: 'x: range; y: pattern', x: -4, y: 'zz' },
    ]);
    expect(checks.map(({ onFail }) => onFail)).toEqual(['quarantine', 'quarantine']);
  });

  test('of values that have to be unique the first stays', async () => {
    const { cleanPath } = await checkColumn(
      "SELECT unnest(['a', 'b', 'a', NULL, NULL]) AS id",
      'id',
      {
        unique: true,
        onFail: 'quarantine',
      },
    );
    expect(await readParquet(cleanPath)).toEqual([
      { id: 'a' },
      { id: 'b' },
      { id: null },
      { id: null },
    ]);
  });

  test('a column of texts becomes one of the type when the rows without it are gone', async () => {
    const { cleanPath, rejectedRows } = await checkColumn(
      "SELECT unnest(['1', 'off', '2.5']) AS v",
      'v',
      {
        type: 'number',
        onFail: 'quarantine',
      },
    );
    expect(rejectedRows).toEqual([1]);
    expect(await readParquet(cleanPath)).toEqual([{ v: 1 }, { v: 2.5 }]);
  });

  test('what concerns the whole table stops instead', async () => {
    const { checks, rejectedRows } = await checkColumn("SELECT unnest(['a', 'b', 'b']) AS y", 'y', {
      minClassFraction: 0.4,
      onFail: 'quarantine',
    });
    expect(checks).toMatchObject([{ passed: false, onFail: 'stop' }]);
    expect(rejectedRows).toEqual([]);
  });

  test('nothing is written while nothing failed', async () => {
    const { cleanPath } = await checkColumn('SELECT 1 AS x', 'x', { min: 0, onFail: 'quarantine' });
    await expect(readParquet(cleanPath)).rejects.toThrow(/No files found|not.*exist/i);
  });

  test('a table of which no row would be left is refused', async () => {
    await expect(
      checkColumn('SELECT 1 AS x', 'x', { min: 2, onFail: 'quarantine' }),
    ).rejects.toMatchObject({ code: 'expectation-failed' });
  });
});

describe('texts of the pipeline file in SQL', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          ';',
          '\\',
          '--',
          '/*',
          '\0',
          '\n',
          '$1',
          '🍋',
          'é',
          ')',
          ' OR 1=1',
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join('')),
  );
  // A lone surrogate is no text that a table could hold.
  const wellFormed = hostile.filter((text) => Buffer.from(text).toString() === text);

  test('an allowed value allows itself and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(wellFormed, wellFormed, async (own, other) => {
        const query = `SELECT unnest([${toTextLiteral(own)}, ${toTextLiteral(other)}]) AS x`;
        const check = await onlyCheck(query, 'x', { values: [own] });
        expect(check.affectedRows).toBe(own === other ? 0 : 1);
      }),
      { numRuns: 40 },
    );
  });

  test('a column of any name is checked like one called x', async () => {
    const name = wellFormed.filter((text) => text !== '' && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(name, async (column) => {
        const query = `SELECT unnest([1, 2, 2]) AS ${quoteName(column)}`;
        const { checks } = await checkColumn(query, column, {
          unique: true,
          max: 1,
          minClassFraction: 0.5,
          onFail: 'quarantine',
        });
        expect(checks.map(({ affectedRows }) => affectedRows)).toEqual([2, 1, 1]);
      }),
      { numRuns: 30 },
    );
  });

  test('a quoted pattern matches exactly its own text', async () => {
    const printable = wellFormed.filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(printable, async (text) => {
        const pattern = [...text].map((c) => `\\x{${c.codePointAt(0)?.toString(16)}}`).join('');
        const query = `SELECT unnest([${quoteText(text)}, ${quoteText(`${text}x`)}]) AS x`;
        expect(await onlyCheck(query, 'x', { pattern })).toMatchObject({ affectedRows: 1 });
      }),
      { numRuns: 30 },
    );
  });
});
