import { describe, expect, it } from 'vitest';
import { fitFeatures } from './fit-features.js';
import { parseFeatureProgram } from './parse-feature-program.js';
import { toTable } from './testdata/to-table.js';

const columns = {
  mass: [0.001, 0.01, 0.1, 1, 10, 100, 1000, null],
  size: [0, 4, 8, 4, 4, 4, 4, 4],
  tagged: [true, false, null, true, true, true, true, true],
  soldAt: ['2026-01-01', '2026-02-01', null, null, null, null, null, null],
  city: ['a', 'b', 'a', 'b', 'c', null, null, null],
  note: ['w', null, null, null, null, null, null, 'w'],
  year: [1, 1, 1, 1, 1, 1, 1, 1],
};
const kinds = ['p', 'q', 'p', 'q', 'p', 'q', 'p', 'q'];
const prices = [1.5, 2, 3, 4, 5, 6, 7, 8];

function fitProgram(y: readonly (string | number)[]) {
  const table = toTable({ ...columns, y });
  return fitFeatures(table, { target: 'y', task: null, ignore: [] }).program;
}

type Json = Record<string | number, unknown>;

/** A program with one member changed, or removed when the value is undefined. */
function changed(program: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(program));
  const last = path[path.length - 1] ?? '';
  const parent = path.slice(0, -1).reduce<Json>((node, key) => node[key] as Json, copy);
  parent[last] = value;
  return JSON.parse(JSON.stringify(copy));
}

describe('parseFeatureProgram', () => {
  it.each([
    ['classification', kinds],
    ['regression', prices],
  ] as const)('reads back the stored program of a %s', (task, y) => {
    const program = fitProgram(y);
    expect(program.target.task).toBe(task);
    expect(parseFeatureProgram(JSON.parse(JSON.stringify(program)))).toEqual(program);
  });

  it('leaves out members it does not know', () => {
    const program = fitProgram(kinds);
    expect(parseFeatureProgram({ ...program, note: 'x' })).toEqual(program);
  });

  it.each([
    [['format'], 'receta-features/2', 'features.format is none of receta-features/1'],
    [['target'], undefined, 'features lacks target'],
    [['target', 'task'], 'ranking', 'features.target.task is none of classification, regression'],
    [['target', 'classes'], ['p'], 'features.target must have at least two different classes'],
    [['target', 'classes'], ['p', 'p'], 'features.target must have at least two different classes'],
    [['target', 'priors'], [1], 'features.target must have one prior a class'],
    [['target', 'priors', 0], 0, 'features.target.priors[0] is 0, but must be above 0'],
    [['target', 'labelKind'], 1, 'features.target.labelKind is none of text, number, boolean'],
    [['target', 'name'], 'mass', 'features names a column twice'],
    [['unused', 0, 'name'], 'mass', 'features names a column twice'],
    [['columns'], {}, 'features.columns is not an array'],
    [['columns', 0], null, 'features.columns[0] lacks kind'],
    [['columns', 0, 'name'], 5, 'features.columns[0].name is not a text'],
    [['columns', 0, 'missing'], 'no', 'features.columns[0].missing is not true or false'],
    [
      ['columns', 0, 'value', 'mean'],
      null,
      'features.columns[0].value.mean is not a finite number',
    ],
    [
      ['columns', 0, 'value', 'scale'],
      -1,
      'features.columns[0].value.scale is -1, but must be above 0',
    ],
    [['columns', 0, 'value', 'floor'], 0, 'features.columns[0].value.floor is 0, which has no log'],
    [['columns', 4, 'levels'], ['b', 'a'], 'features.columns[4].levels is not sorted'],
    [['columns', 4, 'levels'], ['a', 'a'], 'features.columns[4].levels is not sorted'],
    [['columns', 1, 'value'], null, 'features has a width or output names that do not follow'],
    [['width'], 3, 'features has a width or output names that do not follow from its columns'],
    [['outputNames', 0], 'x', 'features has a width or output names that do not follow'],
  ])('refuses a wrong %j (%j)', (path, value, finding) => {
    expect(() => parseFeatureProgram(changed(fitProgram(kinds), path, value))).toThrow(
      expect.objectContaining({
        code: 'model-invalid',
        message: expect.stringContaining(`cannot read the model: ${finding}`),
      }),
    );
  });

  it.each([
    [['target', 'min'], 100, 'features.target has a min above its max'],
    [['target', 'transform'], 'sqrt', 'features.target.transform is none of none, log, log1p'],
  ])('refuses a regression with a wrong %j (%j)', (path, value, finding) => {
    expect(() => parseFeatureProgram(changed(fitProgram(prices), path, value))).toThrow(finding);
  });

  it.each([[null], ['text'], [5], [[]]])('refuses %j', (value) => {
    expect(() => parseFeatureProgram(value)).toThrow(/features lacks format$/);
  });
});
