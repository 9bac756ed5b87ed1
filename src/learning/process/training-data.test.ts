import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeSafetensors, type Tensor } from '../../artifacts/safetensors.js';
import { readTrainingData } from './training-data.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-training-data-'));
});
afterAll(() => rm(folder, { recursive: true }));

const x: Tensor = { dtype: 'F32', shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const scaled: Tensor = { dtype: 'F32', shape: [3], data: Float32Array.of(0.5, 0, -0.5) };
const classes: Tensor = { dtype: 'I32', shape: [3], data: Int32Array.of(1, 0, 2) };

async function read(
  tensors: Record<string, Tensor>,
  classCount: number | null,
  classWeights: 'none' | 'balanced' = 'none',
) {
  const path = join(folder, 'part.safetensors');
  await writeFile(path, encodeSafetensors(tensors));
  return readTrainingData(path, { classCount, classWeights });
}

test('a scaled target is read as it is', async () => {
  expect(await read({ x, y: scaled }, null)).toMatchObject({
    rowCount: 3,
    width: 2,
    x: x.data,
    y: scaled.data,
    classes: null,
  });
});

test('classes become one-hot rows beside their indexes', async () => {
  const { y, classes: indexes } = await read({ x, y: classes }, 3);
  expect(indexes).toEqual(classes.data);
  expect(y).toEqual(Float32Array.of(0, 1, 0, 1, 0, 0, 0, 0, 1));
});

test('weights have a mean of 1, whatever their unit', async () => {
  const w: Tensor = { dtype: 'F32', shape: [3], data: Float32Array.of(0, 10, 20) };
  expect((await read({ x, y: scaled, w }, null)).w).toEqual(Float32Array.of(0, 1, 2));
  expect((await read({ x, y: scaled }, null)).w).toBeNull();
});

test('balanced classes weigh by how rare they are, beside the weights of rows', async () => {
  const y: Tensor = { dtype: 'I32', shape: [3], data: Int32Array.of(0, 0, 1) };
  expect((await read({ x, y }, 2, 'balanced')).w).toEqual(Float32Array.of(0.75, 0.75, 1.5));
  const w: Tensor = { dtype: 'F32', shape: [3], data: Float32Array.of(20, 0, 40) };
  expect((await read({ x, y, w }, 2, 'balanced')).w).toEqual(Float32Array.of(1.5, 0, 1.5));
  expect((await read({ x, y: scaled }, null, 'balanced')).w).toBeNull();
});

const weights = (...data: number[]): Tensor => ({
  dtype: 'F32',
  shape: [data.length],
  data: Float32Array.from(data),
});

test.each([
  ['without targets', { x }, null, 'artifact-corrupt'],
  ['without features', { y: scaled }, null, 'artifact-corrupt'],
  [
    'with too few targets',
    { x, y: { ...scaled, shape: [2], data: new Float32Array(2) } },
    null,
    'artifact-corrupt',
  ],
  ['with classes for a regression', { x, y: classes }, null, 'artifact-corrupt'],
  ['with a scaled target for a classification', { x, y: scaled }, 3, 'artifact-corrupt'],
  ['with a class beyond the known ones', { x, y: classes }, 2, 'artifact-corrupt'],
  ['with too few weights', { x, y: scaled, w: weights(1, 1) }, null, 'artifact-corrupt'],
  ['with a negative weight', { x, y: scaled, w: weights(1, -1, 1) }, null, 'artifact-corrupt'],
  ['with weights of 0 only', { x, y: scaled, w: weights(0, 0, 0) }, null, 'dataset-invalid'],
  [
    'without rows',
    {
      x: { dtype: 'F32', shape: [0, 2], data: new Float32Array() } as Tensor,
      y: { dtype: 'F32', shape: [0], data: new Float32Array() } as Tensor,
    },
    null,
    'dataset-invalid',
  ],
])('a part %s is refused', async (_, tensors, classCount, code) => {
  await expect(read(tensors, classCount)).rejects.toMatchObject({ code });
});
