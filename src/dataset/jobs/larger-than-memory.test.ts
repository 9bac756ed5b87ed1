import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatasetEngine } from '../dataset-engine.js';
import { quoteText } from '../sql/quote.js';
import {
  failureOf,
  folder,
  newPath,
  tableOf,
  transform,
  withSession,
} from '../testdata/engine-surroundings.js';

const limitBytes = 512 * 2 ** 20;
const rowCount = 20_000_000;

let peakBytes: number;
let timer: NodeJS.Timeout;
beforeEach(() => {
  peakBytes = 0;
  timer = setInterval(() => {
    for (const pid of listSqlProcesses()) peakBytes = Math.max(peakBytes, readPeakBytes(pid));
  }, 20);
});
afterEach(() => clearInterval(timer));

test('20 million rows are sorted within a process of 512 MiB', async () => {
  const source = await tableOf(
    `SELECT (hash(range) % 1000000007)::BIGINT AS a, (hash(range + 7) % 1000)::INTEGER AS b, (hash(range * 3) % 1000000) / 7.0 AS c,
       (hash(range * 5) % 100000)::DOUBLE AS d, 'text ' || (hash(range * 11) % 50000) AS e, range AS f FROM range(${rowCount})`,
  );
  const { path, rows } = await transform(
    { tables: { source }, queries: 'SELECT * FROM source ORDER BY b, a DESC' },
    { deadlineMs: 280_000, memoryBytes: limitBytes },
  );
  expect(rows).toBe(rowCount);
  expect(peakBytes).toBeGreaterThan(0.3 * limitBytes);
  expect(peakBytes).toBeLessThan(limitBytes);
  const check = await withSession((session) =>
    session.row<{ misplaced: bigint; sum: number; expected: number }>(
      `SELECT count(*) FILTER (WHERE b < before OR (b = before AND a > above)) AS misplaced, sum(f)::DOUBLE AS sum,
         ${rowCount}::DOUBLE * (${rowCount} - 1) / 2 AS expected
       FROM (SELECT a, b, f, lag(b) OVER () AS before, lag(a) OVER () AS above FROM read_parquet(${quoteText(path)}))`,
    ),
  );
  expect(check.misplaced).toBe(0n);
  expect(check.sum).toBe(check.expected);
}, 300_000);

test('the disk space for what does not fit into memory has a limit, which is named', async () => {
  const source = await tableOf('SELECT hash(range) AS a, hash(range + 1) AS b FROM range(6000000)');
  const engine = new DatasetEngine({ workDir: `${folder}/work`, tempBytes: 20 * 2 ** 20 });
  const error = await failureOf(
    engine.transform(
      {
        tables: { source },
        queries: [{ name: 'result', sql: 'SELECT * FROM source ORDER BY a' }],
        params: {},
        derive: [],
        target: 'a',
        outputPath: newPath('sorted.parquet'),
      },
      { deadlineMs: 60_000, memoryBytes: 256 * 2 ** 20 },
    ),
  );
  expect(error.code).toBe('memory-limit-exceeded');
  expect(error.message).toContain('RECETA_SQL_TEMP_BYTES');
}, 60_000);

/** Children of this process that run the SQL entry. */
function listSqlProcesses(): readonly number[] {
  return readdirSync('/proc/self/task').flatMap((task) => {
    try {
      const children = readFileSync(`/proc/self/task/${task}/children`, 'latin1');
      return children.trim().split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  });
}

function readPeakBytes(pid: number): number {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('sql-child')) return 0;
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended since it was listed.
    return 0;
  }
}
