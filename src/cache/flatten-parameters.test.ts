import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { flattenParameters } from './flatten-parameters.js';

const artifact = { uri: 's3://b/k', sha256: 'aa', sizeBytes: 1, mediaType: 'x/y' };

describe('flattenParameters', () => {
  it('names each leaf by its path', () => {
    expect(flattenParameters({ split: { type: 'hash', key: ['id', 'day'] }, task: null })).toEqual({
      'split.type': '"hash"',
      'split.key[0]': '"id"',
      'split.key[1]': '"day"',
      task: 'null',
    });
  });

  it('names the items of a list by their names, and keeps their order', () => {
    const queries = [
      { name: 'clean', sql: 'A' },
      { name: 'joined', sql: 'B' },
    ];
    expect(flattenParameters({ queries })).toEqual({
      'queries[]': '["clean","joined"]',
      'queries[clean].sql': '"A"',
      'queries[joined].sql': '"B"',
    });
    expect(flattenParameters({ queries: queries.toReversed() })).not.toEqual(
      flattenParameters({ queries }),
    );
  });

  it('counts the digest of an artifact, not where it lies', () => {
    const moved = { ...artifact, uri: 's3://elsewhere/k', mediaType: 'text/csv' };
    expect(flattenParameters({ rows: moved })).toEqual(flattenParameters({ rows: artifact }));
    expect(flattenParameters({ rows: { ...artifact, sha256: 'bb' } })).not.toEqual(
      flattenParameters({ rows: artifact }),
    );
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(flattenParameters({ a: undefined, b: { c: undefined } })).toEqual({ b: '{}' });
  });

  it('gives different values different paths or leaves, whatever their shape and names', () => {
    // Names are drawn from those that could be mistaken for the syntax of paths.
    const name = fc.constantFrom('a', 'b', 'a.b', 'a[0]', 'name', '[]', '0', '', '"a"', 'sha256');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, true, 0, 1, '', 'a', '{}', '[]'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 3 }),
      ),
    }));
    const parameters = fc.dictionary(name, value, { maxKeys: 3 });
    fc.assert(
      fc.property(parameters, parameters, (one, other) => {
        const areEqual = toCanonicalJson(one) === toCanonicalJson(other);
        const flat = toCanonicalJson(flattenParameters(one));
        expect(flat === toCanonicalJson(flattenParameters(other))).toBe(areEqual);
      }),
      { numRuns: 2_000 },
    );
  });
});
