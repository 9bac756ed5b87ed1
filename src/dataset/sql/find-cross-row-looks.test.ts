import { expect, test } from 'vitest';
import { tableOf, transform } from '../testdata/engine-surroundings.js';

async function warningsOf(queries: Readonly<Record<string, string>> | string): Promise<string[]> {
  const trips = await tableOf(
    "FROM (VALUES (1, 'a', 5.0::DOUBLE, DATE '2024-01-01'), (2, 'b', 7.0, DATE '2024-01-02')) AS t(id, zone, fare, day)",
  );
  const zones = await tableOf(
    "FROM (VALUES ('a', 'north', 3), ('b', 'south', 4)) AS t(zone, name, visits)",
  );
  return [...(await transform({ tables: { trips, zones }, queries })).warnings];
}

test.each([
  [
    'a window',
    'SELECT *, avg(fare) OVER (PARTITION BY zone) AS m FROM trips',
    'avg(...) OVER (...) in line 1',
  ],
  [
    'a named window',
    'SELECT *, sum(fare) OVER w AS m\nFROM trips WINDOW w AS (PARTITION BY zone)',
    'sum(...) OVER (...)',
  ],
  [
    'an earlier row',
    'SELECT *, lag(fare) OVER (ORDER BY day) AS before FROM trips',
    'lag(...) OVER (...)',
  ],
  [
    'a window in an expression',
    'SELECT fare - avg(fare) OVER () AS d FROM trips',
    'avg(...) OVER (...)',
  ],
  [
    'an aggregate as a value',
    'SELECT *, (SELECT avg(fare) FROM trips) AS m FROM trips',
    '(SELECT avg(...) ...) as a value',
  ],
  [
    'a filter by an aggregate',
    'SELECT * FROM trips WHERE fare <= (SELECT max(fare) FROM trips)',
    '(SELECT max(...) ...) as a value',
  ],
  [
    'a correlated aggregate',
    'SELECT *, (SELECT avg(fare) FROM trips s WHERE s.zone = t.zone) AS m FROM trips t',
    'as a value',
  ],
  [
    'groups joined back',
    'SELECT * FROM trips JOIN (SELECT zone, avg(fare) AS m FROM trips GROUP BY zone) USING (zone)',
    "a join of 'trips' with aggregates of itself",
  ],
  [
    'groups of a CTE joined back',
    'WITH s AS (SELECT zone, avg(fare) AS m FROM trips GROUP BY ALL) SELECT trips.*, m FROM trips LEFT JOIN s USING (zone)',
    "a join of 'trips'",
  ],
  [
    'one aggregate for all rows',
    'SELECT *, fare / m AS r FROM trips, (SELECT avg(fare) AS m FROM trips)',
    "a join of 'trips'",
  ],
  [
    'a pivot joined back',
    "WITH p AS (FROM trips PIVOT (avg(fare) FOR zone IN ('a', 'b') GROUP BY id)) SELECT fare, a FROM trips JOIN p USING (id)",
    "a join of 'trips'",
  ],
])('%s gives a leak warning', async (_name, sql, found) => {
  const warnings = await warningsOf({ made: sql });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(`query 'made' looks across rows: `);
  expect(warnings[0]).toContain(found);
  expect(warnings[0]).toContain('let test rows influence training');
});

test.each([
  ['row by row', 'SELECT *, fare * 2 AS twice FROM trips WHERE fare > 1 ORDER BY fare LIMIT 5'],
  [
    'groups that are the rows',
    'SELECT zone, avg(fare) AS m, count(*) AS n FROM trips GROUP BY zone',
  ],
  [
    'the latest row of each',
    'SELECT * FROM trips QUALIFY row_number() OVER (PARTITION BY zone ORDER BY day DESC) = 1',
  ],
  ['a join with another table', 'SELECT * FROM trips JOIN zones USING (zone)'],
  [
    'a join with groups of another table',
    'SELECT * FROM trips JOIN (SELECT zone, sum(visits) AS v FROM zones GROUP BY zone) USING (zone)',
  ],
  [
    'rows that a list names',
    'SELECT * FROM trips WHERE zone IN (SELECT zone FROM zones WHERE visits > 1)',
  ],
  [
    'rows chosen by frequency',
    'SELECT trips.* FROM trips SEMI JOIN (SELECT zone FROM trips GROUP BY zone HAVING count(*) > 0) USING (zone)',
  ],
  [
    'groups joined with groups',
    'WITH a AS (SELECT zone, avg(fare) AS m FROM trips GROUP BY zone), b AS (SELECT zone, max(fare) AS x FROM trips GROUP BY zone) SELECT * FROM a JOIN b USING (zone)',
  ],
  ['a list’s own mean', 'SELECT list_avg([fare, 1.0]) AS m FROM trips'],
])('%s gives none', async (_name, sql) => {
  expect(await warningsOf({ made: sql })).toEqual([]);
});

test('a look through earlier queries is found, and the query that looks is named', async () => {
  const warnings = await warningsOf({
    clean: 'SELECT * FROM trips WHERE fare > 0',
    stats: 'SELECT zone, avg(fare) AS m FROM clean GROUP BY zone',
    kept: 'SELECT * FROM stats WHERE m > 0',
    joined: 'SELECT clean.*, m\nFROM clean\nJOIN kept USING (zone)',
  });
  expect(warnings).toEqual([expect.stringContaining("query 'joined' looks across rows")]);
});
