import { expect, test } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { decodeSafetensors } from '../artifacts/safetensors.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { FeaturePlan } from '../contract/feature-plan.js';
import type { Column, ColumnTable } from '../features/column-table.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { fitFold } from './fit-fold.js';

const rowCount = 60;
const numbers = (toValue: (row: number) => number): Column => ({
  kind: 'number',
  values: Float64Array.from({ length: rowCount }, (_, row) => toValue(row)),
});

/** Every third row validates in fold 0, and the number is 1000 times as large there. */
const development: ColumnTable = {
  rowCount,
  columns: new Map([
    ['n', numbers((row) => (row % 3 === 0 ? 1_000 : 1) * ((row % 7) + 1))],
    ['heft', numbers((row) => row % 2)],
    ['y', numbers((row) => row / 4 + (row % 7))],
    ['receta_fold', numbers((row) => (row % 3 === 0 ? 0 : -1))],
    ['receta_trains', numbers((row) => (row < 50 ? 1 : 0))],
  ]),
};
const artifacts = new ArtifactStore(new MemoryObjectStore());
const matricesOf = async (ref: ArtifactRef) =>
  decodeSafetensors(await artifacts.getBytes(ref)).tensors;

function fitFirst(features: Partial<FeaturePlan> = {}) {
  const plan: FeaturePlan = {
    ...{ defaults: {}, columns: {}, target: { transform: 'none' } },
    ...features,
  };
  return fitFold(artifacts, development, 0, {
    ...{ task: 'regression', target: 'y', features: plan, derived: [], model: 'mlp' },
  });
}

test('the program knows the train rows of the fold alone, and neither rows beside it nor columns of the split', async () => {
  const { program, data } = await fitFirst();
  expect(program.columns.map(({ name }) => name)).toEqual(['n', 'heft']);
  expect(program.target).toMatchObject({ min: 1 / 4 + 1 });
  const values = Array.from({ length: 50 }, (_, row) => row).filter((row) => row % 3 !== 0);
  const targets = values.map((row) => row / 4 + (row % 7));
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  expect(program.target).toMatchObject({ trainMean: expect.closeTo(mean, 9) });
  expect(await artifacts.getJson<FeatureProgram>(data.features)).toEqual(program);
});

test('matrices hold the rows of both parts, without weights where the plan names none', async () => {
  const { data, program } = await fitFirst();
  const train = await matricesOf(data.train);
  const validation = await matricesOf(data.validation);
  expect(train.x?.shape).toEqual([33, program.width]);
  expect(train.y?.shape).toEqual([33]);
  expect(validation.x?.shape).toEqual([20, program.width]);
  expect(train.w).toBeUndefined();
});

test('a weight column becomes the weights of the rows and no feature', async () => {
  const { data, program } = await fitFirst({ columns: { heft: { role: 'weight', options: {} } } });
  expect(program.columns.map(({ name }) => name)).toEqual(['n']);
  const { w } = await matricesOf(data.train);
  expect(w?.shape).toEqual([33]);
  expect(new Set(w?.data)).toEqual(new Set([0, w?.data.find((weight) => weight > 0)]));
  expect((await matricesOf(data.validation)).w?.shape).toEqual([20]);
});
