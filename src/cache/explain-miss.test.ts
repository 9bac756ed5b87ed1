import { describe, expect, it } from 'vitest';
import type { KeyParts } from '../contract/step-cache.js';
import { explainMiss } from './explain-miss.js';
import { createKeyParts } from './key-parts.js';

function createParts(change: {
  parameters?: Record<string, unknown>;
  table?: string;
  code?: Record<string, string>;
}): KeyParts {
  const { parameters = { split: { type: 'hash', seed: 1 } }, table = 'aa' } = change;
  const { code = { 'features/fit-column.ts': 'cc', 'npm:@duckdb/node-api': 'dd' } } = change;
  const ref = { uri: 's3://b/k', sha256: table, sizeBytes: 1, mediaType: 'x/y' };
  return createKeyParts({ step: 'prepare', part: null, inputs: { table: ref }, parameters, code });
}

const before = createParts({});

describe('explainMiss', () => {
  it('tells the first run', () => {
    expect(explainMiss(before, null)).toBe('first run of this step');
  });

  it('names what changed in the words of the pipeline file', () => {
    const queries = (sql: string) =>
      createParts({
        parameters: {
          queries: [
            { name: 'clean', sql },
            { name: 'joined', sql: 'B' },
          ],
        },
      });
    expect(explainMiss(queries('A2'), queries('A1'))).toBe('transform.clean changed');
    const seed = createParts({ parameters: { split: { type: 'hash', seed: 2 } } });
    expect(explainMiss(seed, before)).toBe('split.seed changed');
  });

  it('names an input that changed, a module and a package', () => {
    expect(explainMiss(createParts({ table: 'bb' }), before)).toBe('input table changed');
    const code = { 'features/fit-column.ts': 'ee', 'npm:@duckdb/node-api': 'dd' };
    expect(explainMiss(createParts({ code }), before)).toBe(
      'code of features/fit-column.ts changed',
    );
    const newer = { 'features/fit-column.ts': 'cc', 'npm:@duckdb/node-api': 'ff' };
    expect(explainMiss(createParts({ code: newer }), before)).toBe(
      'package @duckdb/node-api changed',
    );
  });

  it('tells what came and what went', () => {
    const parameters = { split: { type: 'hash', seed: 1, key: ['id'] } };
    expect(explainMiss(createParts({ parameters }), before)).toBe('split.key[0] is new');
    expect(explainMiss(before, createParts({ parameters }))).toBe('split.key[0] is gone');
  });

  it('tells two changes and counts the others', () => {
    const now = createParts({
      parameters: { split: { type: 'time', seed: 2 } },
      table: 'bb',
      code: { 'features/fit-column.ts': 'ee', 'npm:@duckdb/node-api': 'ff' },
    });
    expect(explainMiss(now, before)).toBe('split.seed changed, split.type changed and 3 more');
  });

  it('says that the result has gone when nothing changed', () => {
    expect(explainMiss(before, createParts({}))).toBe('the stored result is gone');
  });
});
