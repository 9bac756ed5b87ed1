import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../testdata/engine-surroundings.js';
import { type MessyExpectation, messyExpectations } from './testdata/messy-expectations.js';
import { readFiles } from './testdata/read-files.js';

const folder = fileURLToPath(new URL('../../../test/data/messy/', import.meta.url));

const stated = JSON.parse(readFileSync(`${folder}expect.json`, 'utf8')) as Readonly<
  Record<string, { readonly rows?: number }>
>;

test('every file of the folder has an expectation', () => {
  const files = readdirSync(folder).filter((name) => name !== 'expect.json');
  expect(Object.keys(messyExpectations).sort()).toEqual(files.sort());
});

describe.each(Object.entries(messyExpectations))('%s', (name, expectation) => {
  const all = Array.isArray(expectation)
    ? (expectation as readonly MessyExpectation[])
    : [expectation as MessyExpectation];
  test.each(all.map((one) => [JSON.stringify(one.read ?? {}), one] as const))(
    'read with %s',
    async (_read, one) => {
      if (one.error !== undefined) return expectError(name, one);
      const result = await readFiles([folder + name], one.read);
      expect(result.rows).toBe(one.rows);
      expect(Object.entries(result.types)).toEqual(Object.entries(one.types ?? {}));
      for (const [row, column, value] of one.values ?? []) {
        expect.soft(result.table[row]?.[column], `row ${row}, ${column}`).toEqual(value);
      }
      if (one.notes !== undefined) expect(result.notes).toEqual(one.notes);
      const rejects = result.rejects.slice(0, one.rejects?.length ?? 30);
      expect(rejects.map(({ line, reason }) => [line, reason])).toEqual(one.rejects ?? []);
      // Where rows are not set aside, nothing of what the maker of the files counted is lost.
      if (one.read?.badRows === undefined) expect(result.rows).toBe(stated[name]?.rows);
    },
  );
});

async function expectError(name: string, { read, error }: MessyExpectation): Promise<void> {
  const failure = await failureOf(readFiles([folder + name], read));
  expect(failure.code).toBe(error?.code);
  for (const words of error?.words ?? []) expect(failure.message).toContain(words);
  expect(failure.message).toContain(name);
  expect(failure.problems[0]?.line).toBe(error?.line);
}
