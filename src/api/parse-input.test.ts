import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RecetaError } from '../contract/errors.js';
import { parseInput } from './parse-input.js';

const schema = z.strictObject({
  limit: z.coerce.number().int().max(10).optional(),
  rows: z.array(z.strictObject({ label: z.string() })).optional(),
});

function problemsOf(value: unknown): unknown {
  try {
    return parseInput(schema, value, 'the body');
  } catch (error) {
    if (!(error instanceof RecetaError)) throw error;
    expect(error.code).toBe('request-invalid');
    return error.problems;
  }
}

describe('parseInput', () => {
  it('gives back what the schema makes of a good value', () => {
    expect(parseInput(schema, { limit: '3' }, 'the query')).toEqual({ limit: 3 });
  });

  it('suggests the known key that was meant, also inside lists', () => {
    expect(problemsOf({ limt: 3, rows: [{ label: 'a' }, { label: 'b', lable: 'c' }] })).toEqual([
      { path: 'rows[1].lable', message: 'rows[1].lable is not known here; did you mean label?' },
      { path: 'limt', message: 'limt is not known here; did you mean limit?' },
    ]);
  });

  it('names the known keys when none is near', () => {
    expect(problemsOf({ elephant: 1 })).toEqual([
      { path: 'elephant', message: 'elephant is not known here; known are limit, rows' },
    ]);
  });

  it('gives every problem with its path', () => {
    expect(problemsOf({ limit: 11, rows: [{ label: 5 }] })).toMatchObject([
      { path: 'limit' },
      { path: 'rows[0].label' },
    ]);
  });
});
