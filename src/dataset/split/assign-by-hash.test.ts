import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureOf, foldOf, hashSplit, placesOf, split } from './testdata/split-in-process.js';

/** Rows `id`, `v` (missing in every fifth) and `label`. */
const rowsOf = (count: number, from = 0): string =>
  `SELECT i AS id, CASE WHEN i % 5 <> 0 THEN i / 2 END AS v, CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END AS label
   FROM range(${from}, ${from + count}) AS r(i)`;

/** The documented formula, in JavaScript. */
function positionsOf(seed: number, canonicalTexts: readonly (string | null)[]) {
  const parts = canonicalTexts.map((text) => (text === null ? ';n' : `;${text.length}:${text}`));
  const digest = createHash('md5')
    .update(`${seed}${parts.join('')}`)
    .digest('hex');
  const read = (from: number) => Number.parseInt(digest.slice(from, from + 13), 16) / 16 ** 13;
  return { side: read(0), fold: read(13) };
}

const canonicalRow = (id: number): readonly (string | null)[] => [
  `${id}.0`,
  id % 2 === 0 ? 'even' : 'odd',
  id % 5 === 0 ? null : Number.isInteger(id / 2) ? `${id / 2}.0` : `${id / 2}`,
];

test('the side of a row follows from its digest as documented', async () => {
  const places = placesOf(await split(rowsOf(300), { ...hashSplit, seed: 3 }));
  for (let id = 0; id < 300; id += 1) {
    const { side } = positionsOf(3, canonicalRow(id));
    expect(places.get(String(id))).toBe(side < 0.64 ? '-1' : side < 0.8 ? '0' : 'test');
  }
});

test('folds leave the test part as it was and follow from the rest of the digest', async () => {
  const places = placesOf(await split(rowsOf(300), { ...hashSplit, folds: 4 }));
  const single = placesOf(await split(rowsOf(300), hashSplit));
  for (let id = 0; id < 300; id += 1) {
    const { side, fold } = positionsOf(0, canonicalRow(id));
    expect(places.get(String(id))).toBe(side < 0.8 ? String(Math.floor(fold * 4)) : 'test');
    expect(places.get(String(id)) === 'test').toBe(single.get(String(id)) === 'test');
  }
});

test('a column that is computed from others moves no row', async () => {
  const more = `SELECT *, id * 2 AS twice FROM (${rowsOf(200)})`;
  const places = placesOf(await split(more, hashSplit, { derived: ['twice'] }));
  expect(places).toEqual(placesOf(await split(rowsOf(200), hashSplit)));
});

test('a row may have thousands of columns', async () => {
  const columns = Array.from({ length: 1_200 }, (_, index) => `i + ${index} AS c${index}`);
  const rows = `SELECT i AS id, ${columns.join(', ')}, i % 2 = 0 AS label FROM range(100) AS r(i)`;
  expect((await split(rows, hashSplit)).folds[0]?.train).toBeGreaterThan(40);
});

test('each row beside the test part validates in one fold and trains in all others', async () => {
  const outcome = await split(rowsOf(400), { ...hashSplit, folds: 5 });
  const development = outcome.development.map(({ id }) => id).toSorted();
  const validated = [0, 1, 2, 3, 4].flatMap((fold) => foldOf(outcome, fold).validation);
  expect(validated.toSorted()).toEqual(development);
  for (const fold of [0, 1, 2, 3, 4]) {
    const { train, validation } = foldOf(outcome, fold);
    expect([...train, ...validation].toSorted()).toEqual(development);
    expect(outcome.folds[fold]).toEqual({ train: train.length, validation: validation.length });
  }
  expect(outcome.testRows + development.length).toBe(400);
});

test('rows keep their order and their values, and the fold columns are only beside the test part', async () => {
  const outcome = await split(rowsOf(200), hashSplit);
  for (const part of [outcome.development, outcome.test]) {
    const ids = part.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    for (const { id, label } of part) expect(label).toBe(Number(id) % 2 === 0 ? 'even' : 'odd');
  }
  expect(Object.keys(outcome.test[0] ?? {})).toEqual(['id', 'v', 'label']);
  expect(Object.keys(outcome.development[0] ?? {})).toEqual([
    ...['id', 'v', 'label', 'receta_fold', 'receta_trains'],
  ]);
});

test.each([{ stratify: false }, { stratify: true }])(
  'parts come near to their fractions (%j)',
  async ({ stratify }) => {
    const outcome = await split(rowsOf(4_000), { ...hashSplit, stratify });
    const counts = [
      outcome.folds[0]?.train ?? 0,
      outcome.folds[0]?.validation ?? 0,
      outcome.testRows,
    ];
    for (const [index, fraction] of [0.64, 0.16, 0.2].entries()) {
      const deviation = Math.sqrt(4_000 * fraction * (1 - fraction));
      const distance = Math.abs((counts[index] ?? 0) - 4_000 * fraction);
      expect(distance).toBeLessThan(stratify ? 6 : 3 * deviation);
    }
  },
);

test('with stratify every class has nearly the asked fractions, in the parts and in the folds', async () => {
  const classes = `SELECT i AS id, CASE WHEN i % 20 = 0 THEN 'rare' WHEN i % 3 = 0 THEN 'some' ELSE 'most' END AS label
    FROM range(3000) AS r(i)`;
  const outcome = await split(classes, { ...hashSplit, stratify: true, folds: 4 });
  for (const label of ['rare', 'some', 'most']) {
    const count = (rows: readonly { readonly label?: unknown }[]) =>
      rows.filter((row) => row.label === label).length;
    const [development, tested] = [count(outcome.development), count(outcome.test)];
    const all = development + tested;
    expect(Math.abs(tested - 0.2 * all)).toBeLessThan(4);
    for (const fold of [0, 1, 2, 3]) {
      const validation = foldOf(outcome, fold, 'label').validation.filter((v) => v === label);
      expect(Math.abs(validation.length - development / 4)).toBeLessThan(4);
    }
  }
});

const anyRows = fc.array(
  fc.record({
    a: fc.constantFrom(null, '1', '2.5', 'abc', ';n', '0:', '1:1', 'é', '-0.0', '0'),
    b: fc.integer({ min: 0, max: 30 }),
    label: fc.constantFrom('x', 'y', 'z'),
  }),
  { minLength: 60, maxLength: 150 },
);
type AnyRow = { readonly a: string | null; readonly b: number; readonly label: string };

const toSelect = (rows: readonly AnyRow[]): string => {
  const values = rows.map(
    ({ a, b, label }, id) => `(${a === null ? 'NULL' : `'${a}'`}, ${b}, '${label}', ${id})`,
  );
  return `SELECT * FROM (VALUES ${values.join(', ')}) AS t(a, b, label, id)`;
};

/** Few different keys may leave a part empty, which is an error of its own. */
async function splitUnlessEmpty(rows: readonly AnyRow[], change: object) {
  try {
    return await split(toSelect(rows), { ...hashSplit, key: ['a', 'b', 'label'], ...change });
  } catch (error) {
    expect(error).toMatchObject({ code: 'dataset-invalid' });
    return null;
  }
}

test('property: sets are disjoint and complete, equal keys stay together, appended rows move nobody', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRows,
      anyRows,
      fc.record({
        seed: fc.integer({ min: 0, max: 99 }),
        stratify: fc.boolean(),
        folds: fc.constantFrom(null, 2, 5),
      }),
      async (rows, appended, change) => {
        const before = await splitUnlessEmpty(rows, change);
        const after = await splitUnlessEmpty([...rows, ...appended], change);
        if (before === null || after === null) return;
        const [places, laterPlaces] = [placesOf(before), placesOf(after)];
        expect(places.size).toBe(rows.length);
        expect(before.development.length + before.test.length).toBe(rows.length);
        for (const [id, place] of places) expect(laterPlaces.get(id)).toBe(place);
        const placeOfKey = new Map<string, string | undefined>();
        for (const [index, { a, b, label }] of [...rows, ...appended].entries()) {
          // -0.0 and 0 are the same number.
          const key = JSON.stringify([a === '-0.0' ? '0' : a, b, label]);
          const place = laterPlaces.get(String(index));
          expect(placeOfKey.get(key) ?? place).toBe(place);
          placeOfKey.set(key, place);
        }
      },
    ),
    { numRuns: 12 },
  );
});

test('rows that are appended never move others, even when they change the types of columns', async () => {
  const before = placesOf(await split(rowsOf(200), hashSplit));
  const texts = `SELECT id::VARCHAR AS id, v::VARCHAR AS v, label FROM (${rowsOf(300)}) UNION ALL SELECT 'x9', 'n.k.', 'other'`;
  const after = placesOf(await split(texts, hashSplit));
  expect(after.size).toBe(301);
  for (const [id, place] of before) expect(after.get(id)).toBe(place);
});

test.each([{ folds: null }, { folds: 3 }])(
  'a key keeps all rows of one entity together (%j)',
  async ({ folds }) => {
    const visits = `SELECT i AS id, 'person-' || i % 60 AS person, i % 2 AS label FROM range(600) AS r(i)`;
    const outcome = await split(visits, { ...hashSplit, key: ['person'], folds });
    const placeOf = placesOf(outcome);
    for (let id = 60; id < 600; id += 1) {
      expect(placeOf.get(String(id))).toBe(placeOf.get(String(id % 60)));
    }
  },
);

test('another seed gives another split, the same seed the same bytes', async () => {
  const [first, again, other] = [
    await split(rowsOf(300), hashSplit),
    await split(rowsOf(300), hashSplit),
    await split(rowsOf(300), { ...hashSplit, seed: 1 }),
  ];
  expect(again.developmentBytes).toEqual(first.developmentBytes);
  expect(other.developmentBytes).not.toEqual(first.developmentBytes);
});

test('names that SQL or the split itself uses are names like others', async () => {
  const select = `SELECT id AS "row", v AS "fold", id AS "known", v AS "digest", label AS "class", 'x' AS "side"
    FROM (${rowsOf(200)})`;
  for (const stratify of [false, true]) {
    const outcome = await split(select, { ...hashSplit, stratify }, { target: 'class' });
    expect(placesOf(outcome, 'row').size).toBe(200);
  }
});

test('a quantity as target cannot be stratified', async () => {
  const error = await failureOf(
    split(rowsOf(300), { ...hashSplit, stratify: true }, { target: 'id' }),
  );
  expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'split.stratify' }] });
  expect(error.message).toContain('300 different values');
});
