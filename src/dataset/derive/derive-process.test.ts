import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { parseDatetime } from '../../features/datetime/parse-datetime.js';
import { ProcessRegistry } from '../../processes/process-registry.js';
import {
  engine,
  failureOf,
  folder,
  limits,
  newPath,
  tableOf,
  transform,
} from '../testdata/engine-surroundings.js';
import { DeriveProcess } from './derive-process.js';

let deriver: DeriveProcess;
const options = { memoryBytes: 512 << 20, deadlineMs: 15_000 };

beforeAll(() => {
  deriver = new DeriveProcess(options);
});
afterAll(() => deriver.close());

function column(
  name: string,
  expression: string,
  sqlType: string,
  inputs: Readonly<Record<string, string>>,
): DerivedColumn {
  const typed = Object.entries(inputs).map(([name, sqlType]) => ({ name, sqlType }));
  return { name, expression, sqlType, inputs: typed };
}

const double = column('twice', 'x * 2', 'DOUBLE', { x: 'DOUBLE' });

/** The rows of a table after its transform, and the same rows after their derived columns were computed one by one. */
async function bothWays(table: string, derive: Readonly<Record<string, string>>) {
  const plans = Object.entries(derive).map(([name, expression]) => ({ name, expression }));
  const { path, derived } = await transform({ tables: { table }, derive: plans });
  const complete = await engine.sampleRows({ path, count: 1e6 }, limits);
  const names = new Set(plans.map(({ name }) => name));
  const raw = complete.map(
    (row): RawRow => Object.fromEntries(Object.entries(row).filter(([name]) => !names.has(name))),
  );
  return { complete, computed: await deriver.derive(derived, raw, 'rows'), derived, raw };
}

describe('derived columns of rows', () => {
  test('are equal to those of the transform for values of all types', async () => {
    const table = await tableOf(
      `SELECT i, i::BIGINT * 1000003 AS big, i::SMALLINT AS small, (i / 7.0)::DOUBLE AS d, (i / 3.0)::FLOAT AS f,
         (i / 100.0)::DECIMAL(9, 2) AS price, i % 2 = 0 AS even, DATE '2020-02-27' + i::INTEGER AS day,
         TIMESTAMP '2024-02-28 23:59:59.123456' + to_microseconds(i * 86400000123) AS ts,
         CASE WHEN i % 5 = 0 THEN NULL ELSE 'Zoë ''' || i || '"' END AS label, NULL::DOUBLE AS missing
       FROM range(200) AS t(i)`,
    );
    const { complete, computed } = await bothWays(table, {
      ratio: 'd / f + small',
      rate: 'sqrt(big) * price / 7 - coalesce(missing, 0.1)',
      cents: 'price * 100',
      shouted: "upper(label) || '!'",
      letters: 'length(label)',
      late: 'hour(ts) >= 12 OR dayofweek(day) = 0',
      next_day: 'day + 1',
      hours: "date_diff('hour', ts, TIMESTAMP '2025-01-01')",
      moment: 'ts + INTERVAL 1 MICROSECOND',
      part: "CASE WHEN even THEN 'even' WHEN i % 3 = 0 THEN 'third' END",
      again: 'ratio * letters + rate',
      list: 'list_sum(list_transform([d, f], x -> x * x))',
    });
    expect(computed).toHaveLength(200);
    expect(computed.map((row) => ({ ...row }))).toEqual(complete);
  });

  test('are equal to the bit for doubles of every kind', async () => {
    const doubles = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      numRuns: 400,
      seed: 1,
    });
    const values = [...doubles, 0, -0, 5e-324, 1.7976931348623157e308, 0.1, 1 / 3, 2 ** 53];
    const listed = values.map((value) => `('${Object.is(value, -0) ? '-0' : value}'::DOUBLE)`);
    const table = await tableOf(`FROM (VALUES ${listed.join(', ')}) AS t(x)`);
    const { complete, computed } = await bothWays(table, {
      third: 'x / 3',
      shifted: 'x + 0.1::DOUBLE',
      root: 'sqrt(abs(x))',
      bits: 'x::VARCHAR',
    });
    for (const [index, row] of computed.entries()) expect({ ...row }).toEqual(complete[index]);
  });

  test('read integers beyond 2^53 that come as text', async () => {
    const next = column('next', '(big + 1)::VARCHAR', 'VARCHAR', { big: 'BIGINT' });
    const rows = await deriver.derive([next], [{ big: '9007199254740993' }], 'rows');
    expect(rows).toEqual([{ big: '9007199254740993', next: '9007199254740994' }]);
  });

  test('read times as the features do: with an offset they are that moment in UTC', async () => {
    const columns = [
      column('seconds', 'epoch(ts)', 'DOUBLE', { ts: 'TIMESTAMP' }),
      column('next', 'day + 1', 'DATE', { day: 'DATE' }),
    ];
    const texts = ['2024-01-01T23:00:00-02:00', '2024-01-01T23:00:00.250001Z', '2024-01-01'];
    const rows = texts.map((text) => ({ ts: text, day: text }));
    const derived = await deriver.derive(columns, rows, 'rows');
    expect(derived.map(({ seconds }) => seconds)).toEqual(texts.map(parseDatetime));
    expect(derived.map(({ next }) => next)).toEqual(['2024-01-03', '2024-01-02', '2024-01-02']);
  });

  test('keep the other values of a row, whatever they are called', async () => {
    const row = { x: 1, toString: 'kept', constructor: null };
    expect(await deriver.derive([double], [row], 'rows')).toEqual([{ ...row, twice: 2 }]);
  });

  test('need no input when they are constant, and nothing is asked for no rows', async () => {
    const one = column('one', '1 + 0', 'INTEGER', {});
    expect(await deriver.derive([one], [{ a: 1 }, { a: 2 }], 'rows')).toEqual([
      { a: 1, one: 1 },
      { a: 2, one: 1 },
    ]);
    expect(await deriver.derive([one], [], 'rows')).toEqual([]);
  });

  test('name each value that is none of its column', async () => {
    const columns = [
      column('sum', 'n + length(t) + hour(ts) + price::DOUBLE', 'DOUBLE', {
        n: 'INTEGER',
        t: 'VARCHAR',
        ts: 'TIMESTAMP',
        price: 'DECIMAL(4,2)',
      }),
    ];
    const good = { n: 1, t: 'a', ts: '2024-01-01T10:00:00Z', price: 1.5 };
    const error = await failureOf(
      deriver.derive(
        columns,
        [
          good,
          { ...good, n: 1.5 },
          { ...good, n: 2 ** 40 },
          { ...good, t: 7 },
          { ...good, ts: 'noon' },
          { ...good, price: 1e9 },
          { n: 1, t: null, ts: null },
        ],
        'instances',
      ),
    );
    expect(error.code).toBe('prediction-input-invalid');
    expect(error.problems.map(({ path }) => path)).toEqual([
      'instances[1].n',
      'instances[3].t',
      'instances[6].price',
    ]);
    const casts = await failureOf(
      deriver.derive(
        columns,
        [good, { ...good, n: 2 ** 40 }, { ...good, ts: 'noon' }, { ...good, price: 1e9 }],
        'instances',
      ),
    );
    expect(casts.problems.map(({ path }) => path)).toEqual([
      'instances[1].n',
      'instances[2].ts',
      'instances[3].price',
    ]);
  });

  test.each([
    ['ln(x)', [1, 2, 0, 3], 2, 'logarithm of zero'],
    ['1 / x', [1, 0], 1, 'infinite'],
    ['x::TINYINT', [1, 2, 3, 4, 1000], 4, 'TINYINT|INT8'],
  ])('%s names the row for which it cannot be computed', async (expression, values, row, words) => {
    const sqlType = expression.includes('TINYINT') ? 'TINYINT' : 'DOUBLE';
    const failing = column('y', expression, sqlType, { x: 'DOUBLE' });
    const error = await failureOf(
      deriver.derive(
        [failing],
        values.map((x) => ({ x })),
        'instances',
      ),
    );
    expect(error).toMatchObject({
      code: 'prediction-input-invalid',
      problems: [{ path: `instances[${row}]`, message: expect.stringMatching(words) }],
    });
  });

  test('of a damaged model are refused: nothing but an expression over the row is run', async () => {
    for (const expression of [
      '(SELECT 1)',
      "content FROM read_text('/etc/passwd')",
      'random()',
      'y',
    ]) {
      const error = await failureOf(
        deriver.derive([column('x1', expression, 'DOUBLE', { x: 'DOUBLE' })], [{ x: 1 }], 'rows'),
      );
      expect(error.code).toBe('model-invalid');
    }
    const changed = column('x1', 'x * 2', 'INTEGER', { x: 'DOUBLE' });
    const error = await failureOf(deriver.derive([changed], [{ x: 1 }], 'rows'));
    expect(error.message).toContain('its values are DOUBLE, not INTEGER');
  });

  test('calls at the same time are answered one after the other, each with its own', async () => {
    const calls = Array.from({ length: 50 }, (_, x) => deriver.derive([double], [{ x }], 'rows'));
    expect((await Promise.all(calls)).map(([row]) => row?.twice)).toEqual(
      Array.from({ length: 50 }, (_, x) => 2 * x),
    );
  });
});

describe('the process of derived columns', () => {
  const bomb = column(
    'y',
    "levenshtein(repeat('a', 400000), repeat('b', 400000 + x::INTEGER))",
    'BIGINT',
    { x: 'DOUBLE' },
  );

  test('is killed at the deadline and another one answers the next call', async () => {
    const registryFolder = join(folder, randomUUID());
    const short = new DeriveProcess({
      memoryBytes: 512 << 20,
      deadlineMs: 3_000,
      registry: new ProcessRegistry(registryFolder),
    });
    try {
      expect(await readdir(folder)).not.toContain(registryFolder);
      expect((await short.derive([double], [{ x: 4 }], 'rows'))[0]).toEqual({ x: 4, twice: 8 });
      const [first] = await readdir(registryFolder);
      const hanging = failureOf(short.derive([bomb], [{ x: 1 }], 'rows'));
      const waiting = failureOf(short.derive([double], [{ x: 1 }], 'rows'));
      expect((await hanging).code).toBe('deadline-exceeded');
      expect((await waiting).code).toBe('deadline-exceeded');
      expect((await short.derive([double], [{ x: 5 }], 'rows'))[0]).toEqual({ x: 5, twice: 10 });
      const [second] = await readdir(registryFolder);
      expect(second).not.toBe(first);
    } finally {
      await short.close();
    }
    expect(await readdir(registryFolder)).toEqual([]);
  });

  test('is replaced after it was killed from outside', async () => {
    const registryFolder = join(folder, randomUUID());
    const killed = new DeriveProcess({ ...options, registry: new ProcessRegistry(registryFolder) });
    try {
      await killed.derive([double], [{ x: 1 }], 'rows');
      const [name = ''] = await readdir(registryFolder);
      const hanging = failureOf(killed.derive([bomb], [{ x: 1 }], 'rows'));
      process.kill(Number.parseInt(name, 10), 'SIGKILL');
      expect((await hanging).code).toBe('child-crashed');
      expect(await killed.derive([double], [{ x: 2 }], 'rows')).toEqual([{ x: 2, twice: 4 }]);
    } finally {
      await killed.close();
    }
  });

  test('keeps its memory limit', async () => {
    const large = column('y', "length(repeat('x', 2000000000 + x::INTEGER))", 'BIGINT', {
      x: 'DOUBLE',
    });
    const error = await failureOf(deriver.derive([large], [{ x: 1 }], 'rows'));
    expect(error.code).toBe('memory-limit-exceeded');
    expect(await deriver.derive([double], [{ x: 2 }], 'rows')).toEqual([{ x: 2, twice: 4 }]);
  });

  test('is not started by columns that are not there, and answers nothing once it is closed', async () => {
    const registryFolder = newPath('none');
    const unused = new DeriveProcess({ ...options, registry: new ProcessRegistry(registryFolder) });
    expect(await unused.derive([], [{ x: 1 }], 'rows')).toEqual([{ x: 1 }]);
    await unused.close();
    await expect(readdir(registryFolder)).rejects.toThrow('ENOENT');
    expect((await failureOf(unused.derive([double], [{ x: 1 }], 'rows'))).code).toBe(
      'child-crashed',
    );
  });
});
