import { expect, test } from 'vitest';
import type { ColumnProfile, TableProfile } from './table-profile.js';
import { type DatasetQuestion, decideDatasetProblems, toDatasetError } from './validate.js';

const numberColumn: ColumnProfile = {
  name: 'x',
  sqlType: 'DOUBLE',
  kind: 'number',
  nulls: 0,
  distinct: 90,
  min: -1,
  max: 4.5,
  mean: 1,
  std: 0.5,
  wholeNumbers: false,
  constant: false,
  topValues: [],
  unsafeIntegers: null,
  almost: null,
};
const textColumn: ColumnProfile = {
  ...numberColumn,
  name: 'species',
  sqlType: 'VARCHAR',
  kind: 'text',
  distinct: 2,
  min: null,
  max: null,
  mean: null,
  std: null,
  topValues: [
    { value: 'a', count: 60 },
    { value: 'b', count: 40 },
  ],
};

function profileOf(...columns: ColumnProfile[]): TableProfile {
  return { rows: 100, columns, duplicateRows: 0, notes: [] };
}

function decide(profile: TableProfile, question: Partial<DatasetQuestion> = {}) {
  return decideDatasetProblems(profile, {
    target: 'species',
    ignore: [],
    checkTarget: true,
    task: null,
    ...question,
  });
}

const messages = (verdict: { blocking: readonly { message: string }[] }): string =>
  verdict.blocking.map(({ message }) => message).join('\n');

test('a sound table has no problems and no warnings', () => {
  const verdict = decide(profileOf(numberColumn, textColumn));
  expect(verdict).toEqual({ blocking: [], warnings: [], task: 'classification' });
  expect(toDatasetError(verdict, 'species')).toBeNull();
});

test('an absent target suggests a near name and lists the columns', () => {
  const verdict = decide(profileOf(numberColumn, textColumn), { target: 'Speices' });
  expect(messages(verdict)).toContain(
    "there is no column 'Speices'; did you mean 'species'? The columns are x, species.",
  );
  const error = toDatasetError(verdict, 'Speices');
  expect(error).toMatchObject({ code: 'target-invalid', problems: verdict.blocking });
});

test.each(['median_house_value', 'y'])(
  'an absent target %s without a near name only lists the columns',
  (target) => {
    const verdict = decide(profileOf(numberColumn, textColumn), { target });
    expect(messages(verdict)).not.toContain('did you mean');
    expect(messages(verdict)).toContain('The columns are x, species.');
  },
);

test('before a transform the target is not looked at, and nothing blocks that it may mend', () => {
  const verdict = decide(profileOf(numberColumn), { checkTarget: false });
  expect(verdict).toEqual({ blocking: [], warnings: [], task: null });
  const unsafeIntegers = { count: 1, example: { row: 3, value: '9007199254740993' } };
  const few = { ...profileOf({ ...numberColumn, unsafeIntegers }), rows: 3 };
  expect(decide(few, { checkTarget: false, ignore: ['x'] }).blocking).toEqual([]);
  expect(decide(few, { checkTarget: false }).blocking).toEqual([]);
});

test.each([
  ['has no value in any row', { distinct: 0, nulls: 100, topValues: [] }],
  ["has one value only ('a')", { distinct: 1, topValues: [{ value: 'a', count: 100 }] }],
  ['has 101 different values, more than the 100 classes', { distinct: 101 }],
  ['is a time (DATE)', { kind: 'datetime' as const, sqlType: 'DATE' }],
])('a target that %s is refused', (words, change) => {
  const verdict = decide(profileOf(numberColumn, { ...textColumn, ...change }));
  expect(messages(verdict)).toContain(words);
  expect(toDatasetError(verdict, 'species')?.code).toBe('target-invalid');
});

test('regression on text is refused and names a row that is no number', () => {
  const almost = { kind: 'number', count: 99, exception: { row: 7, value: 'n/a?' } } as const;
  const verdict = decide(profileOf(numberColumn, { ...textColumn, almost }), {
    task: 'regression',
  });
  expect(messages(verdict)).toContain(
    "is no number (VARCHAR), which regression needs. Row 7 holds 'n/a?'",
  );
});

test('a regression target that spans more than sums of errors can hold is refused', () => {
  const edge = { ...numberColumn, name: 'y', min: -1.7e308, max: 1.7e308 };
  const verdict = decide(profileOf(numberColumn, edge), { target: 'y' });
  expect(messages(verdict)).toContain('goes from -1.7e+308 to 1.7e+308');
  const wide = { ...edge, min: -1e299, max: 1e299 };
  expect(decide(profileOf(numberColumn, wide), { target: 'y' }).blocking).toEqual([]);
});

test('the task follows from the target: few whole numbers are classes, with a warning, others quantities', () => {
  const codes = { ...numberColumn, name: 'y', distinct: 3, wholeNumbers: true };
  const verdict = decide(profileOf(numberColumn, codes), { target: 'y' });
  expect(verdict.task).toBe('classification');
  expect(verdict.warnings.join()).toContain('taken as 3 classes');
  const many = { ...codes, distinct: 60 };
  expect(decide(profileOf(numberColumn, many), { target: 'y' }).task).toBe('regression');
  expect(decide(profileOf(numberColumn, codes), { target: 'y', task: 'regression' })).toMatchObject(
    {
      task: 'regression',
      warnings: [],
    },
  );
});

test('integers beyond 2^53 block with column, row and value, unless the column is ignored', () => {
  const unsafeIntegers = { count: 5, example: { row: 3, value: '9007199254740993' } };
  const id = { ...numberColumn, name: 'account', sqlType: 'BIGINT', unsafeIntegers };
  const verdict = decide(profileOf(numberColumn, id, textColumn));
  expect(verdict.blocking).toEqual([
    { message: expect.stringContaining('row 3: 9007199254740993'), path: 'account' },
  ]);
  expect(toDatasetError(verdict, 'species')?.code).toBe('dataset-invalid');
  expect(decide(profileOf(numberColumn, id, textColumn), { ignore: ['account'] }).blocking).toEqual(
    [],
  );
});

test('too few rows, no features and features without variation block', () => {
  expect(messages(decide({ ...profileOf(numberColumn, textColumn), rows: 19 }))).toContain(
    'at least 20',
  );
  expect(messages(decide(profileOf(textColumn)))).toContain('no column is left to learn from');
  const constant = { ...numberColumn, distinct: 1, constant: true };
  expect(messages(decide(profileOf(constant, textColumn)))).toContain('holds one value only');
});

test('a target that is also ignored blocks', () => {
  const verdict = decide(profileOf(numberColumn, textColumn), { ignore: ['species'] });
  expect(messages(verdict)).toContain('also listed under ignore');
});

test('the error counts further problems and carries all', () => {
  const error = toDatasetError(decide({ ...profileOf(textColumn), rows: 3 }), 'species');
  expect(error?.message).toContain('(and 1 more)');
  expect(error?.problems).toHaveLength(2);
});

test.each([
  ["'x' holds one value only", { distinct: 1, constant: true }],
  ["'x' has no value in any row", { distinct: 0, nulls: 100, constant: true }],
  ["'x' is missing in 60 of 100 rows", { nulls: 60, distinct: 30 }],
  ["'x' looks like an id (100 different values)", { distinct: 100, wholeNumbers: true }],
  [
    "'x' is text, although 99 of its values are numbers: row 42 holds 'off'",
    {
      kind: 'text' as const,
      almost: { kind: 'number' as const, count: 99, exception: { row: 42, value: 'off' } },
    },
  ],
])('a warning: column %s', (words, change) => {
  const other = { ...numberColumn, name: 'other' };
  const { warnings } = decide(profileOf({ ...numberColumn, ...change }, other, textColumn));
  expect(warnings).toEqual([expect.stringContaining(words)]);
});

test('warnings of an ignored column are left out, an ignored column that does not exist is one', () => {
  const id = { ...numberColumn, name: 'id', distinct: 100, wholeNumbers: true };
  const { warnings } = decide(profileOf(id, numberColumn, textColumn), { ignore: ['id', 'idd'] });
  expect(warnings).toEqual(["the ignored column 'idd' does not exist"]);
});

test('missing targets, rare classes, equal rows and the notes of reading are warned of', () => {
  const rare = { value: 'b', count: 2 };
  const target = { ...textColumn, nulls: 10, topValues: [{ value: 'a', count: 88 }, rare] };
  const { warnings } = decide({
    ...profileOf(numberColumn, target),
    duplicateRows: 4,
    notes: ["column 'x': 2 infinite values are read as missing"],
  });
  expect(warnings).toEqual([
    "column 'x': 2 infinite values are read as missing",
    expect.stringContaining("10 rows have no value of the target 'species'"),
    expect.stringContaining("class 'b' of the target has 2 rows only"),
    expect.stringContaining('4 of 100 rows repeat an earlier one'),
  ]);
});
