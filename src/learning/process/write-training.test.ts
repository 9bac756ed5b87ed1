import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeSafetensors } from '../../artifacts/safetensors.js';
import { requiredBackend } from '../backend/training-platform.js';
import { assertBackend, writeTraining } from './write-training.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-write-training-'));
});
afterAll(() => rm(folder, { recursive: true }));

const weights = { a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) } } as const;

test.each([
  ['too few', Float32Array.of(1, 2, 3)],
  ['none', new Float32Array()],
  ['not finite', Float32Array.of(1, Number.NaN)],
])('answers that are %s are a defect, and nothing is written', async (_, predictions) => {
  await expect(writeTraining(folder, { weights, predictions }, 2)).rejects.toMatchObject({
    code: 'internal',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('weights and predictions are written by their shapes', async () => {
  const predictions = Float32Array.of(0.1, 0.9, 0.8, 0.2);
  const paths = await writeTraining(folder, { weights, predictions }, 2);
  const read = async (path: string) => decodeSafetensors(await readFile(path)).tensors;
  expect(await read(paths.weights)).toEqual(weights);
  expect(await read(paths.predictions)).toEqual({
    p: { dtype: 'F32', shape: [2, 2], data: predictions },
  });
});

test('a training that ran on anything but what was announced is refused', () => {
  const expected = requiredBackend('tensorflow');
  expect(() => assertBackend(expected, { ...expected })).not.toThrow();
  const found = { ...expected, versions: { ...expected.versions, tensorflow: '2.22.0' } };
  expect(() => assertBackend(expected, found)).toThrow(
    expect.objectContaining({
      code: 'backend-unavailable',
      message: expect.stringMatching(/tensorflow 2\.21\.0.*ran on.*tensorflow 2\.22\.0/),
    }),
  );
});
