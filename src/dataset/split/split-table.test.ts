import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecetaError } from '../contract/errors.js';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import type { RawRow } from '../features/column-table.js';
import { DatasetEngine } from './dataset-engine.js';

const limits = { deadlineMs: 30_000, memoryBytes: 1 << 30 };
const plan: SplitPlan = { train: 0.64, validation: 0.16, test: 0.2, seed: 0, key: [] };
const sides = ['train', 'validation', 'test'] as const;

let folder: string;
let engine: DatasetEngine;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-split-'));
  engine = new DatasetEngine({ workDir: join(folder, 'work') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function split(csv: string, change: Partial<SplitPlan> = {}, target = 'label') {
  count += 1;
  const name = join(folder, String(count));
  await writeFile(`${name}.csv`, csv);
  await engine.transform(
    { sourcePath: `${name}.csv`, sql: null, outputPath: `${name}.parquet` },
    limits,
  );
  return engine.split(
    { tablePath: `${name}.parquet`, target, split: { ...plan, ...change }, outputDir: name },
    limits,
  );
}

type SplitOutcome = Awaited<ReturnType<typeof split>>;

async function rowsOf(
  outcome: SplitOutcome,
  side: (typeof sides)[number],
): Promise<readonly RawRow[]> {
  return engine.sampleRows({ path: outcome[`${side}Path`], count: 100_000 }, limits);
}

/** The side of every row, by the JSON of the row. */
async function sidesOf(outcome: SplitOutcome): Promise<Map<string, string>> {
  const result = new Map<string, string>();
  for (const side of sides) {
    for (const row of await rowsOf(outcome, side)) result.set(JSON.stringify(row), side);
  }
  return result;
}

async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** The documented formula, in JavaScript. */
function sideOf(seed: number, canonicalTexts: readonly (string | null)[]): string {
  const parts = canonicalTexts.map((text) => (text === null ? ';n' : `;${text.length}:${text}`));
  const digest = createHash('md5')
    .update(`${seed}${parts.join('')}`)
    .digest('hex');
  const u = Number.parseInt(digest.slice(0, 13), 16) / 16 ** 13;
  return u < 0.64 ? 'train' : u < 0.8 ? 'validation' : 'test';
}

const csvOf = (rows: number, from = 0): string =>
  Array.from({ length: rows }, (_, index) => {
    const id = from + index;
    return `${id},${id % 5 === 0 ? '' : id / 2},${id % 2 === 0 ? 'even' : 'odd'}\n`;
  }).join('');

test('sides follow the documented formula, parts are disjoint, complete and in order', async () => {
  const outcome = await split(`id,v,label\n${csvOf(400)}`, { seed: 7 });
  const seen: unknown[] = [];
  for (const side of sides) {
    const rows = await rowsOf(outcome, side);
    expect(rows).toHaveLength(outcome.rows[side]);
    expect(rows.map(({ id }) => id)).toEqual(
      rows.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b)),
    );
    for (const { id, v, label } of rows) {
      seen.push(id);
      const canonical = [
        `${id}.0`,
        String(label),
        v === null ? null : Number.isInteger(v) ? `${v}.0` : String(v),
      ];
      expect(sideOf(7, canonical)).toBe(side);
    }
  }
  expect(seen).toHaveLength(400);
  expect(new Set(seen).size).toBe(400);
  expect(outcome.droppedRows).toBe(0);
});

test('fractions hold in expectation: 4,000 rows are within four standard deviations', async () => {
  const { rows } = await split(`id,v,label\n${csvOf(4_000)}`);
  for (const side of sides) {
    const expected = 4_000 * plan[side];
    const deviation = Math.sqrt(4_000 * plan[side] * (1 - plan[side]));
    expect(Math.abs(rows[side] - expected)).toBeLessThan(4 * deviation);
  }
});

test('rows that are appended never move others, even when they change the types of columns', async () => {
  const head = `id,v,label\n${csvOf(200)}`;
  const before = await sidesOf(await split(head));
  const after = await sidesOf(await split(`${head}${csvOf(100, 200)}x9,n.k.,other\n`));
  expect(after.size).toBe(301);
  for (const [row, side] of before) {
    const { id, v, label } = JSON.parse(row) as Record<string, unknown>;
    const texts = { id: String(id), v: v === null ? null : String(v), label };
    expect(after.get(JSON.stringify(texts))).toBe(side);
  }
});

test('equal rows fall together, whatever else is in the table and wherever they stand', async () => {
  const value = fc.constantFrom('', '1', '2.5', 'abc', ';n', '0:', '1:1', 'é', '-0.0', '0');
  const row = fc.tuple(value, value);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 60, maxLength: 120 }),
      fc.integer({ min: 0, max: 99 }),
      async (rows, seed) => {
        const lines = [...rows, ...rows.toReversed()].map(
          ([a, b], index) => `${a},"${b}",${index}\n`,
        );
        const outcome = await split(`a,b,label\n${lines.join('')}`, {
          seed,
          key: ['b', 'a'],
        }).catch((error: RecetaError) => {
          // A few different keys may all fall on one side.
          expect(error.code).toBe('dataset-invalid');
          return null;
        });
        if (outcome === null) return;
        const sideOfKey = new Map<string, string>();
        for (const side of sides) {
          for (const { a, b } of await rowsOf(outcome, side)) {
            const key = JSON.stringify([a, b]);
            expect(sideOfKey.get(key) ?? side).toBe(side);
            sideOfKey.set(key, side);
          }
        }
      },
    ),
    { numRuns: 4 },
  );
});

test('a key keeps all rows of one entity on one side', async () => {
  const lines = Array.from(
    { length: 600 },
    (_, index) => `person-${index % 60},${index},${index % 2}\n`,
  );
  const outcome = await split(`person,visit,label\n${lines.join('')}`, { key: ['person'] });
  const people = await Promise.all(
    sides.map(async (side) => new Set((await rowsOf(outcome, side)).map(({ person }) => person))),
  );
  expect(people.reduce((total, set) => total + set.size, 0)).toBe(60);
});

test('another seed gives another split, the same seed the same bytes', async () => {
  const csv = `id,v,label\n${csvOf(300)}`;
  const [first, again, other] = [await split(csv), await split(csv), await split(csv, { seed: 1 })];
  expect(await readFile(again.testPath)).toEqual(await readFile(first.testPath));
  expect(await readFile(other.testPath)).not.toEqual(await readFile(first.testPath));
});

test('rows without a target are left out and counted', async () => {
  const outcome = await split(`id,v,label\n${csvOf(300)}900,1,\n901,1,NA\n`);
  expect(outcome.droppedRows).toBe(2);
  expect(outcome.rows.train + outcome.rows.validation + outcome.rows.test).toBe(300);
  expect(outcome.warnings).toContain("2 rows without a value of 'label' were left out");
});

test('a class whose share on a side is off by more than three points is warned of', async () => {
  const lines = Array.from(
    { length: 90 },
    (_, index) => `k${index % 9},${index},${index % 9 === 0 ? 'rare' : 'usual'}\n`,
  );
  const outcome = await split(`key,id,label\n${lines.join('')}`, {
    key: ['key'],
    train: 0.4,
    validation: 0.3,
    test: 0.3,
  });
  expect(outcome.warnings.length).toBeGreaterThan(0);
  expect(outcome.warnings.join('\n')).toMatch(
    /class 'rare' makes up \d+\.\d % of the \w+ part but 11\.1 % of all rows/,
  );
});

test('a balanced split has no warning', async () => {
  expect((await split(`id,v,label\n${csvOf(20_000)}`)).warnings).toEqual([]);
});

test('an absent key, an absent target, a target without values and an empty part are typed errors', async () => {
  const csv = `id,v,label\n${csvOf(50)}`;
  const key = await failureOf(split(csv, { key: ['nope'] }));
  expect(key).toMatchObject({ code: 'dataset-invalid' });
  expect(key.message).toContain("no key column 'nope'. Its columns are id, v, label");
  expect(await failureOf(split(csv, {}, 'nope'))).toMatchObject({ code: 'target-invalid' });
  expect(await failureOf(split('a,label\n1,\n2,\n'))).toMatchObject({ code: 'target-invalid' });
  const empty = await failureOf(split('a,label\n1,x\n2,y\n'));
  expect(empty).toMatchObject({ code: 'dataset-invalid' });
  expect(empty.message).toContain('came out empty');
});
