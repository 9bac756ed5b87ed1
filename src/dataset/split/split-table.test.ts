import { expect, test } from 'vitest';
import { failureOf, hashSplit, split } from './testdata/split-in-process.js';

const rowsOf = (count: number): string =>
  `SELECT i AS id, i / 2 AS v, CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END AS label FROM range(${count}) AS r(i)`;

test('rows without a target are left out and counted', async () => {
  const outcome = await split(
    `FROM (${rowsOf(300)}) UNION ALL SELECT 900 + i, i, NULL FROM range(2) AS r(i)`,
    hashSplit,
  );
  expect(outcome.droppedRows).toBe(2);
  expect(outcome.development.length + outcome.test.length).toBe(300);
});

test('a class whose share in a part is off by more than chance explains is warned of', async () => {
  const select = `SELECT 'k' || i % 9 AS key, CASE WHEN i % 9 = 0 THEN 'rare' ELSE 'usual' END AS label FROM range(90) AS r(i)`;
  const { warnings } = await split(select, {
    ...{ ...hashSplit, key: ['key'], train: 0.4, validation: 0.3, test: 0.3 },
  });
  expect(warnings.join('\n')).toMatch(
    /class 'rare' makes up \d+\.\d % of the \w+ part but 11\.1 % of all rows/,
  );
});

test.each([20_000, 200])('a split of %i rows by chance has no warning', async (rows) => {
  expect((await split(rowsOf(rows), hashSplit)).warnings).toEqual([]);
});

test.each(['receta_fold', 'Receta_Trains'])(
  'a column that is called %s is refused by name',
  async (name) => {
    const error = await failureOf(split(`SELECT *, 1 AS ${name} FROM (${rowsOf(50)})`, hashSplit));
    expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: name }] });
    expect(error.message).toContain('rename the column');
  },
);

test('an absent key, an absent target, a target without values and an empty part are typed errors', async () => {
  const key = await failureOf(split(rowsOf(50), { ...hashSplit, key: ['nope'] }));
  expect(key).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'split.key' }] });
  expect(key.message).toContain(
    "no column 'nope', which split.key names. Its columns are id, v, label",
  );
  const absent = await failureOf(split(rowsOf(50), hashSplit, { target: 'nope' }));
  expect(absent).toMatchObject({ code: 'target-invalid' });
  const valueless = await failureOf(
    split(`SELECT i AS a, NULL AS label FROM range(5) AS r(i)`, hashSplit),
  );
  expect(valueless).toMatchObject({ code: 'target-invalid' });
  const empty = await failureOf(split(rowsOf(2), hashSplit));
  expect(empty).toMatchObject({ code: 'dataset-invalid' });
  expect(empty.message).toContain(
    'came out empty (fractions: train 0.64, validation 0.16, test 0.2)',
  );
});
