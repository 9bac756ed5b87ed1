import { describe, expect, test } from 'vitest';
import { failureOf, tableOf, transform } from '../testdata/engine-surroundings.js';

const derive = async (columns: Readonly<Record<string, string>>) => {
  const source = await tableOf(
    `SELECT range AS x, range * 1.5::DOUBLE AS y, 'a' || range AS t, range % 2 AS "target" FROM range(4)`,
  );
  const plans = Object.entries(columns).map(([name, expression]) => ({ name, expression }));
  return transform({ tables: { source }, derive: plans });
};

describe('derived columns in a transform', () => {
  test('are appended in their order, and later ones read earlier ones', async () => {
    const { columns, derived, rows } = await derive({
      sum: 'X + y -- with a comment',
      twice: 'sum * 2',
      first: '"t"[1]',
    });
    expect(rows).toBe(4);
    expect(columns.map(({ name }) => name)).toEqual([
      'x',
      'y',
      't',
      'target',
      'sum',
      'twice',
      'first',
    ]);
    expect(derived).toEqual([
      {
        name: 'sum',
        expression: 'X + y -- with a comment',
        sqlType: 'DOUBLE',
        inputs: [
          { name: 'x', sqlType: 'BIGINT' },
          { name: 'y', sqlType: 'DOUBLE' },
        ],
      },
      {
        name: 'twice',
        expression: 'sum * 2',
        sqlType: 'DOUBLE',
        inputs: [{ name: 'sum', sqlType: 'DOUBLE' }],
      },
      {
        name: 'first',
        expression: '"t"[1]',
        sqlType: 'VARCHAR',
        inputs: [{ name: 't', sqlType: 'VARCHAR' }],
      },
    ]);
  });

  test.each([
    ['(SELECT max(x) FROM source)', 'a subquery reads other rows', 'somewhere'],
    ['x IN (SELECT x FROM source)', 'a subquery reads other rows', 'somewhere'],
    ['x > ALL (SELECT 1)', 'a subquery reads other rows', 'somewhere'],
    ['avg(x)', 'avg() reads other rows', 1],
    ['x / sum(x)', 'sum() reads other rows', 5],
    ['weighted_avg(x, y)', 'weighted_avg() reads other rows', 1],
    ['row_number() OVER ()', 'a window function reads other rows', 1],
    ['x - lag(x) OVER (ORDER BY x)', 'a window function reads other rows', 5],
    ['random()', 'random() depends on more than the row', 1],
    ['uuid()::VARCHAR', 'uuid() depends on more', 1],
    ["now() > TIMESTAMP '2024-01-01'", 'now() depends on more', 1],
    ['current_date', 'current_date depends on more', 1],
    ['current_timestamp::VARCHAR', 'depends on more', 1],
    ['today()::VARCHAR', 'today() depends on more', 1],
    ["getvariable('a')", 'getvariable() depends on more', 1],
    ["current_setting('threads')", 'current_setting() depends on more', 1],
    ['ago(INTERVAL 1 DAY)::VARCHAR', 'ago() depends on more', 1],
    ["age(TIMESTAMP '2024-01-01')::VARCHAR", 'age() depends on more', 1],
    ['hash(x)', 'hash() depends on more', 1],
    ['version()', 'version() depends on more', 1],
    ['sleep_ms(1)', 'sleep_ms() depends on more', 1],
    ["nextval('s')", 'nextval() depends on more', 1],
    ['unnest([x])', 'there is no function unnest()', 1],
    ["read_text('/etc/passwd')", 'there is no function read_text()', 1],
    ['*', 'stands for many columns', 1],
    ['COLUMNS(*)', 'names? those that are meant|stands for many', 'somewhere'],
    ['$1', 'parameters are for queries', 'somewhere'],
    ['#1', 'columns are read by their names', 'somewhere'],
    ['nope + 1', "there is no column 'nope'; there are x, y, t, target", 1],
    ['source.x', "there is no column 'source.x'", 1],
    ['target * 2', "it reads the target 'target'", 'somewhere'],
    ['x +', 'it ends too early', 'somewhere'],
    ['', 'it ends too early|syntax error', 'somewhere'],
    ['x y', 'syntax error', 3],
    ['1), (2', 'it is not one expression', 'somewhere'],
    ['1) FROM source WHERE (true', 'it is not one expression', 'somewhere'],
    ['1); SELECT (2', 'it is not one expression', 'somewhere'],
    ['1) UNION SELECT (2', 'it is not one expression', 'somewhere'],
    ['1) ORDER BY (1', 'it is not one expression', 'somewhere'],
    ['x /* open', 'unterminated', 'somewhere'],
    ['[x]', 'have the type BIGINT[]', 'somewhere'],
    ['(x, y)', 'have the type STRUCT', 'somewhere'],
    ["x + INTERVAL 'a' DAY", 'o function matches|Could not convert', 'somewhere'],
    ['x\0', 'NUL', 'somewhere'],
  ])('%j is refused by its name', async (expression, words, at) => {
    const error = await failureOf(derive({ made: expression }));
    expect(error.code).toBe('sql-invalid');
    expect(error.message).toMatch(new RegExp(words.replaceAll(/[()[\]]/g, '\\$&')));
    expect(error.problems).toEqual([
      expect.objectContaining({
        path: 'derive.made',
        ...(at === 'somewhere' ? {} : { line: 1, column: at }),
      }),
    ]);
  });

  test('a place in a later line is that of the expression', async () => {
    const error = await failureOf(derive({ made: 'x +\n  length(x, y, t)' }));
    expect(error.problems).toMatchObject([{ path: 'derive.made', line: 2, column: 3 }]);
  });

  test.each(['x', 'X', 'target'])('the name %s is taken', async (name) => {
    const error = await failureOf(derive({ [name]: '1' }));
    expect(error.message).toContain('the table has a column');
  });

  test('an expression that fails in some row is named', async () => {
    const error = await failureOf(derive({ fine: 'x + 1', broken: 'ln(x)' }));
    expect(error).toMatchObject({ code: 'sql-invalid', problems: [{ path: 'derive.broken' }] });
    expect(error.message).toContain('cannot take logarithm of zero');
  });

  test('one that gives infinities is named too', async () => {
    const error = await failureOf(derive({ inverse: '1 / x' }));
    expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'inverse' }] });
  });

  test.each([
    ['CASE WHEN x > 1 THEN t ELSE lower(t) END'],
    ["coalesce(nullif(t, 'a1'), 'none')"],
    ['round_even(y, 1) + fdiv(x, 2) + fmod(y, 2)'],
    ["split_part(t, 'a', 2)::INTEGER"],
    ["strftime(TIMESTAMP '2024-01-01' + to_hours(x), '%H')"],
    ['x BETWEEN 1 AND 2 OR NOT x IS NULL'],
    ["t LIKE 'a%' AND regexp_matches(t, '[0-9]')"],
    ["t COLLATE NOCASE = 'A1'"],
    ["extract('hour' FROM TIMESTAMP '2024-01-01 10:00:00')"],
    ['greatest(x, y) + least(x, 2)'],
    ['list_sum(list_transform([x, y], v -> v * x))'],
    ["json_extract_string('{\"a\": 1}', '$.a')"],
    ['TRY_CAST(t AS DOUBLE)'],
    ['NULL'],
  ])('%s is computed from the row alone', async (expression) => {
    expect((await derive({ made: expression })).derived).toHaveLength(1);
  });
});
