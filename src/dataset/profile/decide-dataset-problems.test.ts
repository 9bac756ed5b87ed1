import { expect, test } from 'vitest';
import type { ColumnRole, FeaturePlan } from '../../contract/feature-plan.js';
import {
  type DatasetQuestion,
  decideDatasetProblems,
  toDatasetError,
} from './decide-dataset-problems.js';
import type { ColumnProfile, TableProfile } from './table-profile.js';

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
  quantiles: null,
  histogram: null,
  lengths: null,
  wholeNumbers: false,
  constant: false,
  topValues: [],
  unsafeIntegers: null,
  almost: null,
  sensitive: false,
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
  return { format: 'receta-profile/1', rows: 100, columns, duplicateRows: 0, notes: [] };
}

/** What the pipeline file says of columns, by their roles. */
function planOf(roles: Readonly<Record<string, ColumnRole>>): FeaturePlan {
  const columns = Object.entries(roles).map(([name, role]) => [name, { role, options: {} }]);
  return { defaults: {}, columns: Object.fromEntries(columns), target: { transform: 'auto' } };
}

function decide(profile: TableProfile, question: Partial<DatasetQuestion> = {}) {
  return decideDatasetProblems(profile, {
    target: 'species',
    features: planOf({}),
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

test('integers beyond 2^53 block with column, row and value, with the keys that help, unless nothing is learned from the column', () => {
  const unsafeIntegers = { count: 5, example: { row: 3, value: '9007199254740993' } };
  const id = { ...numberColumn, name: 'account', sqlType: 'BIGINT', unsafeIntegers };
  const verdict = decide(profileOf(numberColumn, id, textColumn));
  expect(verdict.blocking).toEqual([
    {
      message: expect.stringMatching(
        /row 3: 9007199254740993\).*ignore.*features\.columns\.account\.role.*source\.types/,
      ),
      path: 'account',
    },
  ]);
  expect(toDatasetError(verdict, 'species')?.code).toBe('dataset-invalid');
  for (const role of ['ignored', 'key', 'group'] as const) {
    const features = planOf({ account: role });
    expect(decide(profileOf(numberColumn, id, textColumn), { features }).blocking).toEqual([]);
  }
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
  const verdict = decide(profileOf(numberColumn, textColumn), {
    features: planOf({ species: 'ignored' }),
  });
  expect(messages(verdict)).toContain('also listed under ignore');
});

test('keys, groups, numbers that order rows and weights are no features, the parts of a time are', () => {
  const features = planOf({ x: 'key', y: 'group', z: 'time', w: 'weight' });
  const others = ['x', 'y', 'z', 'w'].map((name) => ({ ...numberColumn, name, min: 0 }));
  expect(messages(decide(profileOf(...others, textColumn), { features }))).toContain(
    'no column is left to learn from',
  );
  const time = { ...numberColumn, name: 'z', kind: 'datetime', sqlType: 'TIMESTAMP' } as const;
  expect(decide(profileOf(time, textColumn), { features: planOf({ z: 'time' }) }).blocking).toEqual(
    [],
  );
});

test.each([
  ['is no number (VARCHAR)', { kind: 'text' as const, sqlType: 'VARCHAR', min: null }],
  ['holds negative weights (-1)', { min: -1 }],
  ['is missing in 3 rows', { min: 0, nulls: 3 }],
])('a weight column that %s blocks', (words, change) => {
  const weight = { ...numberColumn, name: 'w', ...change };
  const verdict = decide(profileOf(numberColumn, weight, textColumn), {
    features: planOf({ w: 'weight' }),
  });
  expect(verdict.blocking).toEqual([{ message: expect.stringContaining(words), path: 'w' }]);
});

test('a target with another role blocks', () => {
  const verdict = decide(profileOf(numberColumn, textColumn), {
    features: planOf({ species: 'group' }),
  });
  expect(messages(verdict)).toContain('has the role group too');
});

test('a feature of a type that nothing is learned from blocks', () => {
  const list = { ...textColumn, name: 'tags', sqlType: 'VARCHAR[]' };
  expect(decide(profileOf(numberColumn, list, textColumn)).blocking).toEqual([
    { message: expect.stringContaining('VARCHAR[]'), path: 'tags' },
  ]);
  const features = planOf({ tags: 'ignored' });
  expect(decide(profileOf(numberColumn, list, textColumn), { features }).blocking).toEqual([]);
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

test('texts of which n-grams are to be learned may all differ', () => {
  const note = { ...textColumn, name: 'note', distinct: 100 };
  const features: FeaturePlan = {
    ...planOf({}),
    columns: { note: { kind: 'text', options: {} } },
  };
  const warningsOf = (change: object) =>
    decide(profileOf(note, numberColumn, textColumn), change).warnings;
  expect(warningsOf({})).toEqual([expect.stringContaining('looks like an id')]);
  expect(warningsOf({ features })).toEqual([]);
});

test('columns whose names could be taken for several are quoted where the target is absent', () => {
  const one = { ...textColumn, name: 'id,x,y' };
  expect(messages(decide(profileOf(one, numberColumn), { target: 'y' }))).toContain(
    'The columns are "id,x,y", ',
  );
});

test('warnings of an ignored column are left out, an ignored column that does not exist is one', () => {
  const id = { ...numberColumn, name: 'id', distinct: 100, wholeNumbers: true };
  const { warnings } = decide(profileOf(id, numberColumn, textColumn), {
    features: planOf({ id: 'ignored', idd: 'ignored', grp: 'group' }),
  });
  expect(warnings).toEqual([
    "the ignored column 'idd' does not exist",
    "features.columns names 'grp', which does not exist",
  ]);
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
