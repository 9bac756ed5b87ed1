import { describe, expect, it } from 'vitest';
import type { Task } from '../contract/pipeline-plan.js';
import type { RawRow } from './column-table.js';
import { decodeRegression } from './decode-regression.js';
import { encodeTarget, targetNumbers } from './encode-target.js';
import type { FeatureProgram } from './feature-program.js';
import { fitFeatures } from './fit-features.js';
import { fitOptions } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

type Values = readonly RawRow[string][];

function fitProgram(y: Values, task: Task | null = null): FeatureProgram {
  const x = y.map((_, row) => row);
  return fitFeatures(toTable({ x, y }), fitOptions('y', { task })).program;
}

function invalid(finding: string) {
  return expect.objectContaining({
    code: 'target-invalid',
    message: expect.stringMatching(`^cannot read the target y: ${finding}`),
  });
}

describe('encodeTarget', () => {
  it.each([
    ['texts', ['b', 'a', 'c'], ['c', 'a', 'b', 'c'], [2, 0, 1, 2]],
    ['booleans', [true, false], [true, true, false], [1, 1, 0]],
    ['numbers', [10, 2, -3], [2, 10, -3], [1, 2, 0]],
  ])('answers the class index of %s', (_, train, y, indexes) => {
    expect(encodeTarget(fitProgram(train), toTable({ y }))).toEqual(Int32Array.from(indexes));
  });

  it('scales numbers to mean 0 and deviation 1 of the train part', () => {
    const program = fitProgram([0.5, 2.5, 4.5, 2.5]);
    const scaled = encodeTarget(program, toTable({ y: [2.5, 4.5, -1.5] }));
    expect(scaled).toEqual(Float32Array.of(0, Math.SQRT2, -2 * Math.SQRT2));
  });

  it('scales the logarithm of a skewed target, and raises values below the train range to it', () => {
    const program = fitProgram([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
    const [middle, lowest, below] = encodeTarget(program, toTable({ y: [1, 0.001, -5] }));
    expect(middle).toBeCloseTo(0, 6);
    expect(lowest).toBeCloseTo(-1.5, 6);
    expect(below).toBe(lowest);
  });

  it.each([
    ['texts', ['a', 'b'], ['a', null]],
    ['numbers as classes', [1, 2], [1, null]],
    ['numbers', [1.5, 2], [1, null]],
  ])('refuses missing %s, naming the row', (_, train, y) => {
    expect(() => encodeTarget(fitProgram(train), toTable({ y }))).toThrow(
      invalid('row 2 has no value'),
    );
  });

  it('refuses a class that the train part lacks', () => {
    expect(() => encodeTarget(fitProgram(['a', 'b']), toTable({ y: ['c'] }))).toThrow(
      invalid('class c does not occur in the train part'),
    );
  });

  it('refuses a table without the column', () => {
    expect(() => encodeTarget(fitProgram(['a', 'b']), toTable({ x: [1] }))).toThrow(
      invalid('the table has no such column'),
    );
  });
});

describe('targetNumbers', () => {
  it('answers numbers in original units', () => {
    const program = fitProgram([0.5, 2.5, 4.5]);
    expect(targetNumbers(program, toTable({ y: [7, -1] }))).toEqual(Float64Array.of(7, -1));
  });

  it('refuses a column of another kind', () => {
    expect(() => targetNumbers(fitProgram([0.5, 2.5]), toTable({ y: ['a'] }))).toThrow(
      invalid('it holds text values instead of numbers'),
    );
  });
});

describe('decodeRegression', () => {
  it.each([
    ['plain', [0.5, 2.5, 4.5, 3]],
    ['log', [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
    ['log1p', [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023]],
  ])('undoes the scaling of a %s target', (_, y) => {
    const program = fitProgram(y);
    const decoded = Array.from(encodeTarget(program, toTable({ y })), (scaled) =>
      decodeRegression(program, scaled),
    );
    decoded.forEach((value, row) => {
      const original = y[row] ?? 0;
      expect(Math.abs(value - original)).toBeLessThan(1e-5 * Math.max(1, original));
    });
  });

  it('never leaves the range of the train part', () => {
    const program = fitProgram([0.5, 2.5, 4.5]);
    expect(decodeRegression(program, 1e9)).toBe(4.5);
    expect(decodeRegression(program, Number.NEGATIVE_INFINITY)).toBe(0.5);
  });

  it('refuses an answer that is no number, and a model of classes', () => {
    const modelInvalid = expect.objectContaining({ code: 'model-invalid' });
    expect(() => decodeRegression(fitProgram([0.5, 2.5]), Number.NaN)).toThrow(modelInvalid);
    expect(() => decodeRegression(fitProgram(['a', 'b']), 0)).toThrow(modelInvalid);
  });
});
