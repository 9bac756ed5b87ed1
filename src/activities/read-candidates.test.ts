import { beforeEach, expect, test } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import type { FoldOutcome, TrialOutcome } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { readCandidate, readJudgedRows } from './read-candidates.js';

let artifacts: ArtifactStore;
beforeEach(() => {
  artifacts = new ArtifactStore(new MemoryObjectStore());
});

function store(tensors: Record<string, Tensor>): Promise<ArtifactRef> {
  return artifacts.putBytes(encodeSafetensors(tensors), 'x/y');
}

function floats(shape: readonly number[], ...values: number[]): Tensor {
  return { dtype: 'F32', shape: [...shape], data: Float32Array.from(values) };
}

function classes(...values: number[]): Tensor {
  return { dtype: 'I32', shape: [values.length], data: Int32Array.from(values) };
}

function fold(predictions: ArtifactRef, validation: ArtifactRef = predictions): FoldOutcome {
  return {
    ...{ features: predictions, validation, predictor: {}, weights: predictions, predictions },
    ...{ history: predictions, value: 1, bestEpoch: 1, platformKey: 'p' },
    importance: null,
    backend: { name: 'receta', versions: {}, threads: 1 },
  };
}

function trial(...folds: FoldOutcome[]): TrialOutcome {
  return { format: 'receta-trial/1', model: 'mlp', parameters: {}, value: 1, folds };
}

test('answers of all folds come one fold behind the other', async () => {
  const first = await store({ p: floats([2, 2], 0.1, 0.9, 0.2, 0.8) });
  const second = await store({ p: floats([1, 2], 0.3, 0.7) });

  const candidate = await readCandidate(artifacts, 4, trial(fold(first), fold(second)));

  expect(candidate).toMatchObject({ trial: 4, outputs: 2 });
  expect([...candidate.answers]).toEqual([0.1, 0.9, 0.2, 0.8, 0.3, 0.7].map(Math.fround));
});

test('folds that know different classes cannot be compared', async () => {
  const two = await store({ p: floats([1, 2], 0.5, 0.5) });
  const three = await store({ p: floats([1, 3], 0.5, 0.25, 0.25) });

  await expect(readCandidate(artifacts, 0, trial(fold(two), fold(three)))).rejects.toMatchObject({
    code: 'dataset-invalid',
    message: expect.stringContaining('2 and 3 classes'),
  });
});

test('answers that are no tensor are damage', async () => {
  const wrong = await store({ q: floats([1], 1) });

  await expect(readCandidate(artifacts, 0, trial(fold(wrong)))).rejects.toMatchObject({
    code: 'artifact-corrupt',
  });
});

test('targets and weights come in the order of the answers', async () => {
  const first = await store({ y: floats([2], 1, 2), w: floats([2], 1, 3) });
  const second = await store({ y: floats([1], 3), w: floats([1], 0) });

  const rows = await readJudgedRows(artifacts, 'regression', [fold(first), fold(second)]);

  expect(rows.task).toBe('regression');
  expect(rows.y).toEqual(Float32Array.of(1, 2, 3));
  expect(rows.w).toEqual(Float32Array.of(1, 3, 0));
});

test('classes stay whole numbers, and rows without weights have none', async () => {
  const first = await store({ y: classes(2, 0) });
  const second = await store({ y: classes(1) });

  const rows = await readJudgedRows(artifacts, 'classification', [fold(first), fold(second)]);

  expect(rows.y).toEqual(Int32Array.of(2, 0, 1));
  expect(rows.w).toBeNull();
});
