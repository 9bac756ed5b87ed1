// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of queries are written so
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParamValue } from '../../contract/pipeline-plan.js';
import { failureOf, tableOf, transform, withSession } from '../testdata/engine-surroundings.js';
import { bindQuery, setVariables } from './bind-params.js';
import { parseSelect } from './parse-select.js';
import { quoteText } from './quote.js';
import type { SqlSession } from './session.js';

const dangerous = fc.constantFrom(
  "'",
  '"',
  "''; DROP TABLE source; --",
  "x' OR '1'='1",
  '${params.x}',
  '$1',
  '$$',
  '\\',
  "\\'",
  '/*',
  '*/',
  '--',
  '\n',
  '\0',
  '\u2019',
  '\u00a0',
  '\ud83d\ude00',
  ');',
);
const text = fc.array(fc.oneof(dangerous, fc.string({ unit: 'binary' })), { maxLength: 5 });

/** What a query answers whose one value is a parameter. */
async function echo(session: SqlSession, value: ParamValue): Promise<readonly unknown[]> {
  const bind = await setVariables(session, { x: value });
  const { sql } = bind({ name: 'q', sql: 'SELECT ${params.x} AS a, 1 AS b' });
  const rows = await session.rows(`FROM query(${quoteText(sql)})`);
  return rows.flatMap((row) => Object.values(row));
}

describe('bound parameters', () => {
  test('whatever a text holds, it comes back as one value and changes nothing else', async () => {
    await withSession(async (session) => {
      await session.run('CREATE TABLE source AS SELECT 1 AS x');
      await fc.assert(
        fc.asyncProperty(
          text.map((parts) => parts.join('')),
          async (value) => {
            expect(await echo(session, value)).toEqual([value, 1]);
            expect(await session.rows('FROM source')).toEqual([{ x: 1 }]);
          },
        ),
        { numRuns: 200 },
      );
    });
  });

  test('numbers and truth values keep their type and every bit', async () => {
    await withSession(async (session) => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
          async (value) => {
            const [found] = await echo(session, value);
            expect(typeof found === 'bigint' ? Number(found) : found).toEqual(
              Object.is(value, -0) ? 0 : value,
            );
          },
        ),
        { numRuns: 200 },
      );
    });
  });

  test('the parsed query is the same whatever the value', async () => {
    await withSession(async (session) => {
      const bind = await setVariables(session, { a: "' OR 1=1 --", b: 5 });
      const bound = bind({
        name: 'q',
        sql: 'SELECT x FROM t WHERE a = ${params.a} LIMIT ${params.b}',
      });
      const other = await setVariables(session, { a: 'z', b: 7 });
      expect(
        other({ name: 'q', sql: 'SELECT x FROM t WHERE a = ${params.a} LIMIT ${params.b}' }).sql,
      ).toBe(bound.sql);
      expect(await parseSelect(session, bound.sql)).toMatchObject({ ok: true });
    });
  });

  test.each([
    ['SELECT ${x}', '${x} is no placeholder'],
    ['SELECT ${params.}', '${params.} is no placeholder'],
    ['SELECT ${params.x', '${params.x is no placeholder'],
    ['SELECT ${ params.x }', '${ params.x } is no placeholder'],
    ['SELECT ${params.y}', "the run has no parameter 'y': it has x"],
    ['SELECT ${params.toString}', "the run has no parameter 'toString': it has x"],
  ])('%s is refused with the place', (sql, words) => {
    expect(() => bindQuery({ name: 'q', sql: `SELECT 1,\n ${sql}` }, ['x'])).toThrow(
      expect.objectContaining({
        code: 'sql-invalid',
        problems: [
          { path: 'transform.q', message: expect.stringContaining(words), line: 2, column: 9 },
        ],
      }),
    );
  });

  test('places behind placeholders are those of the text as it was written', () => {
    const sql = 'SELECT ${params.x}, ${params.x}, nope\nFROM t WHERE ${params.x} > zero';
    const bound = bindQuery({ name: 'q', sql }, ['x']);
    for (const word of ['nope', 'zero']) {
      const lines = bound.sql.split('\n');
      const line = lines.findIndex((one) => one.includes(word)) + 1;
      const column = (lines[line - 1]?.indexOf(word) ?? 0) + 1;
      const written = bound.toWrittenPlace({ line, column });
      expect(sql.split('\n')[written.line - 1]?.slice(written.column - 1)).toMatch(`${word}`);
      expect(written.column).toBe((sql.split('\n')[line - 1]?.indexOf(word) ?? 0) + 1);
    }
  });
});

describe('placeholders in a transform', () => {
  test.each([
    ["SELECT '${params.x}' AS y FROM source", 9],
    ["SELECT E'\\'${params.x}' AS y FROM source", 12],
    ['SELECT $$${params.x}$$ AS y FROM source', 10],
    ['SELECT $tag$${params.x}$tag$ AS y FROM source', 13],
    ['SELECT 1 AS "${params.x}" FROM source', 14],
    ['SELECT 1 AS y FROM source -- ${params.x}', 30],
    ['SELECT 1 AS y /* ${params.x} */ FROM source', 18],
  ])(
    '%s is refused: nothing is pasted into a text, a name or a comment',
    async (queries, column) => {
      const source = await tableOf('SELECT 1 AS x');
      const error = await failureOf(transform({ tables: { source }, queries, params: { x: 1 } }));
      expect(error).toMatchObject({
        code: 'sql-invalid',
        problems: [{ path: 'transform', line: 1, column }],
      });
      expect(error.message).toContain('write ${params.x} without quotes: it is bound as a value');
    },
  );

  test('they stand where values stand, and errors show them as they were written', async () => {
    const source = await tableOf(
      "SELECT range AS x, DATE '2024-01-01' + range::INTEGER AS day FROM range(20)",
    );
    const { rows } = await transform({
      tables: { source },
      queries: `SELECT * FROM source WHERE day >= \${params.since} AND day < DATE '2024-01-01' + INTERVAL \${params.days} DAY
        AND x IN (\${params.first}, \${params.days}) OR x = \${params.first} LIMIT \${params.days}`,
      params: { since: '2024-01-03', days: 7, first: 4 },
    });
    expect(rows).toBe(1);
    const queries = 'SELECT x + ${params.word} AS y FROM source';
    const error = await failureOf(
      transform({ tables: { source }, queries, params: { word: 'w' } }),
    );
    expect(error.message).not.toContain('receta_param');
  });
});
