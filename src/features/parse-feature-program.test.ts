import { describe, expect, it } from 'vitest';
import type { DerivedColumn } from '../contract/feature-plan.js';
import type { FeatureProgram } from './feature-program.js';
import { fitFeatures } from './fit-features.js';
import { parseFeatureProgram } from './parse-feature-program.js';
import { fitOptions, planOf } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const words = ['ape', 'bee', 'cat', 'dog', 'eel', 'fox', 'gnu', 'hen'];
const columns = {
  mass: [0.001, 0.01, 0.1, 1, 10, 100, 1000, null],
  size: [0, 4, 8, 4, 4, 4, 4, 4],
  tagged: [true, false, null, true, true, true, true, true],
  soldAt: ['2026-01-01', '2027-02-01', null, null, null, null, null, null],
  city: ['a', 'b', 'a', 'b', 'c', null, null, null],
  zone: ['a', 'b', 'a', 'b', 'c', null, null, null],
  note: words,
  height: [1, 2, 3, 4, 5, 6, 7, 8],
  depth: [1, 2, 3, 4, 5, 6, 7, 8],
  weight: [1, 2, 3, 4, 5, 6, 7, 8],
  volume: [1, 4, 9, 16, 25, 36, 49, 64],
  year: [1, 1, 1, 1, 1, 1, 1, 1],
};
const kinds = ['p', 'q', 'p', 'q', 'p', 'q', 'p', 'q'];
const prices = [1.5, 2, 3, 4, 5, 6, 7, 8];

const plan = planOf({
  soldAt: { parts: ['month', 'year'] },
  zone: { encode: 'target' },
  note: { kind: 'text', buckets: 4 },
  height: { scale: 'quantile' },
  depth: { scale: 'robust', clip: 0.1 },
  weight: { role: 'weight' },
});
const derived: DerivedColumn[] = [
  {
    name: 'volume',
    expression: 'height * depth',
    sqlType: 'DOUBLE',
    inputs: [
      { name: 'height', sqlType: 'DOUBLE' },
      { name: 'depth', sqlType: 'DOUBLE' },
    ],
  },
];

function fitProgram(y: readonly (string | number)[]): FeatureProgram {
  const target = { transform: y === prices ? 'quantile' : 'auto' } as const;
  const options = fitOptions('y', { plan: { ...plan, target }, derived });
  return fitFeatures(toTable({ ...columns, y }), options).program;
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

/** Path to the scale of a number column. */
function scale(column: number): (string | number)[] {
  return ['columns', column, 'value', 'scale'];
}

/** Path to the numbers of the levels of a category column. */
function output(column: number): (string | number)[] {
  return ['columns', column, 'values', 'outputs', 0];
}

const signOfOne = {
  ...{ kind: 'category', name: 'z', column: 'text', missing: false, fill: null },
  ...{ levels: ['a'], values: { encode: 'sign' } },
};

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
    [['format'], 'receta-features/1', 'features.format is none of receta-features/2'],
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
    [['columns', 0, 'column'], 'list', 'features.columns[0].column is none of number, boolean'],
    [['columns', 0, 'column'], 'text', 'features.columns[0] takes text values for number ones'],
    [['columns', 0, 'missing'], 'no', 'features.columns[0].missing is not true or false'],
    [['columns', 0, 'value', 'fill'], 'x', 'columns[0].value.fill is not a finite number'],
    [[...scale(0), 'method'], 'cube', 'columns[0].value.scale.method is none of standard'],
    [[...scale(0), 'mean'], null, 'columns[0].value.scale.mean is not a finite number'],
    [[...scale(0), 'deviation'], -1, 'value.scale.deviation is -1, but must be above 0'],
    [[...scale(0), 'floor'], 0, 'columns[0].value.scale.floor is 0, which has no log'],
    [['columns', 2, 'fill'], 1, 'features.columns[2].fill is not true or false'],
    [['columns', 3, 'parts', 0, 'part'], 'second', 'parts[0].part is none of minute, hour'],
    [['columns', 3, 'parts', 0, 'part'], 'year', 'columns[3].parts[0] lets the year repeat'],
    [['columns', 3, 'parts', 1, 'deviation'], 0, 'parts[1].deviation is 0, but must be above 0'],
    [['columns', 4, 'levels'], ['b', 'a'], 'features.columns[4].levels is not sorted'],
    [['columns', 4, 'levels'], ['a', 'a'], 'features.columns[4].levels is not sorted'],
    [['columns', 4, 'fill'], 1, 'features.columns[4].fill is not a text'],
    [['columns', 4, 'values', 'encode'], 'hash', 'columns[4].values.encode is none of one-hot'],
    [['columns', 4], signOfOne, 'columns[4].values gives a sign to other than two levels'],
    [['columns', 4, 'values', 'other'], 1, 'columns[4].values.other is not true or false'],
    [[...output(5), 'levels'], [1], 'values.outputs[0] must have one number a level'],
    [[...output(5), 'levels', 0], 'x', 'values.outputs[0].levels[0] is not a finite number'],
    [[...output(5), 'other'], undefined, 'columns[5].values.outputs[0] lacks other'],
    [[...output(5), 'of'], 1, 'columns[5].values.outputs[0].of is not a text'],
    [['columns', 6, 'buckets'], 1.5, 'features.columns[6].buckets is 1.5, but must count'],
    [['columns', 6, 'unit'], 'byte', 'features.columns[6].unit is none of word, character'],
    [[...scale(7), 'knots', 'values', 1], 0, 'columns[7].value.scale.knots.values does not ascend'],
    [[...scale(7), 'knots', 'normals'], [], 'scale.knots must have one normal quantile a value'],
    [scale(8), { method: 'affine', mean: 0, deviation: 0 }, 'deviation is 0, but must be above 0'],
    [[...scale(8), 'range'], 0, 'columns[8].value.scale.range is 0, but must be above 0'],
    [['columns', 8, 'value', 'clip', 'low'], 99, 'value.clip has a low above its high'],
    [['derived', 0, 'expression'], 1, 'features.derived[0].expression is not a text'],
    [['derived', 0, 'name'], 'area', 'features derives columns from area, which is no column'],
    [['derived', 0, 'inputs', 0, 'name'], 'y', 'features derives columns from y, which is no'],
    [['derived', 1], derived[0], 'features derives a column twice'],
    [['weight', 'mean'], 0, 'features.weight.mean is 0, but must be above 0'],
    [['columns', 1, 'value'], null, 'features has a width or outputs that do not follow'],
    [['width'], 3, 'features has a width or outputs that do not follow from its columns'],
    [['outputs', 0, 'name'], 'x', 'features has a width or outputs that do not follow'],
    [['outputs', 0, 'kind'], 'index', 'features.outputs[0] lacks cardinality'],
  ])('refuses a wrong %j (%j)', (path, value, finding) => {
    expect(() => parseFeatureProgram(changed(fitProgram(kinds), path, value))).toThrow(
      expect.objectContaining({
        code: 'model-invalid',
        message: expect.stringContaining(finding),
      }),
    );
  });

  it.each([
    [['target', 'min'], 100, 'features.target has a min above its max'],
    [['target', 'transform'], 'cube', 'features.target.transform is none of none, log, log1p'],
    [['target', 'transform'], 'log', 'features.target must have knots for the transform quantile'],
    [['target', 'knots'], null, 'features.target must have knots for the transform quantile'],
    [['target', 'scale'], 0, 'features.target.scale is 0, but must be above 0'],
  ])('refuses a regression with a wrong %j (%j)', (path, value, finding) => {
    expect(() => parseFeatureProgram(changed(fitProgram(prices), path, value))).toThrow(finding);
  });

  it.each([[null], ['text'], [5], [[]]])('refuses %j', (value) => {
    expect(() => parseFeatureProgram(value)).toThrow(/features lacks format$/);
  });
});
