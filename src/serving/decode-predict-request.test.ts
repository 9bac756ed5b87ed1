import { describe, expect, it } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { decodePredictRequest } from './decode-predict-request.js';

function problemsOf(body: unknown) {
  try {
    decodePredictRequest(body);
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'prediction-input-invalid') {
      return error.problems.map(({ path }) => path);
    }
    throw error;
  }
  return expect.unreachable('the request was accepted');
}

describe('decodePredictRequest', () => {
  it('reads rows', () => {
    const instances = [
      { a: 1, b: 'x' },
      { a: null, b: true },
    ];
    expect(decodePredictRequest({ instances, probabilities: true })).toEqual({
      rows: instances,
      form: 'instances',
      probabilities: true,
    });
  });

  it('reads columns', () => {
    const body = { inputs: { a: [1, null], b: ['x', true] }, signature_name: 'serving_default' };
    expect(decodePredictRequest(body)).toEqual({
      rows: [
        { a: 1, b: 'x' },
        { a: null, b: true },
      ],
      form: 'inputs',
      probabilities: false,
    });
  });

  it('reads a request of no rows', () => {
    expect(decodePredictRequest({ instances: [] }).rows).toEqual([]);
    expect(decodePredictRequest({ inputs: {} }).rows).toEqual([]);
  });

  it.each([
    ['no object', []],
    ['null', null],
    ['neither form', {}],
    ['both forms', { instances: [], inputs: {} }],
  ])('refuses %s', (_name, body) => {
    expect(problemsOf(body)).toEqual([undefined]);
  });

  it.each([
    ['an unknown field', { instances: [], instance: [] }, ['instance']],
    [
      'probabilities that are no truth value',
      { instances: [], probabilities: 1 },
      ['probabilities'],
    ],
    ['another signature', { instances: [], signature_name: 'x' }, ['signature_name']],
    ['rows that are no list', { instances: { a: 1 } }, ['instances']],
    [
      'rows that are no objects',
      { instances: [1, [2], null] },
      [0, 1, 2].map((i) => `instances[${i}]`),
    ],
    [
      'nested values',
      { instances: [{ a: [1] }, { b: { c: 1 } }] },
      ['instances[0].a', 'instances[1].b'],
    ],
    ['columns that are no object', { inputs: [1] }, ['inputs']],
    ['columns that are no lists', { inputs: { a: 1 } }, ['inputs.a']],
    ['columns of unequal length', { inputs: { a: [1, 2], b: [1] } }, ['inputs.b']],
    ['nested values in columns', { inputs: { a: [[1], 2] } }, ['inputs.a[0]']],
  ])('refuses %s and names the place', (_name, body, paths) => {
    expect(problemsOf(body)).toEqual(paths);
  });

  it.each([
    ['rows', '{"instances":[{"__proto__":1,"a":2}]}', 'instances[0].__proto__'],
    ['columns', '{"inputs":{"__proto__":[1],"a":[2]}}', 'inputs.__proto__[0]'],
    ['the body', '{"instances":[],"__proto__":{}}', '__proto__'],
  ])('refuses __proto__ in %s', (_name, text, path) => {
    expect(problemsOf(JSON.parse(text))).toEqual([path]);
  });

  it('gives rows in which nothing is inherited', () => {
    const { rows } = decodePredictRequest({ instances: [{ a: 1 }] });
    expect(rows[0]?.constructor).toBeUndefined();
    expect(rows[0]?.toString).toBeUndefined();
  });

  it('takes 10,000 rows and refuses 10,001', () => {
    const instances = Array.from({ length: 10_000 }, () => ({ a: 1 }));
    expect(decodePredictRequest({ instances }).rows).toHaveLength(10_000);
    expect(problemsOf({ instances: [...instances, { a: 1 }] })).toEqual(['instances']);
    expect(problemsOf({ inputs: { a: new Array(10_001).fill(1) } })).toEqual(['inputs']);
  });

  it('lists at most 100 problems', () => {
    expect(problemsOf({ instances: new Array(5000).fill(1) })).toHaveLength(100);
  });
});
