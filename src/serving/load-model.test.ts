import { beforeEach, describe, expect, it } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { RecetaError } from '../contract/errors.js';
import { DeriveProcess } from '../dataset/derive/derive-process.js';
import { createGolden, type GoldenRows } from './golden-rows.js';
import { loadModel } from './load-model.js';
import { createPredictor } from './predictor.js';
import {
  createClassifier,
  createDerivingRegressor,
  createRegressor,
  penguinRows,
  type SmallModel,
  storeSmallModel,
} from './testdata/small-model.js';

describe('loadModel', () => {
  let objects: MemoryObjectStore;
  let artifacts: ArtifactStore;

  beforeEach(() => {
    objects = new MemoryObjectStore();
    artifacts = new ArtifactStore(objects);
  });

  function goldenOf({ documentBytes, weightsBytes }: SmallModel): Promise<GoldenRows> {
    return createGolden(createPredictor(documentBytes, weightsBytes), penguinRows);
  }

  it.each([
    ['classifier', createClassifier()],
    ['regressor', createRegressor()],
  ])('loads a %s that answers its golden rows', async (_name, model) => {
    const version = await storeSmallModel(artifacts, model);
    const served = await loadModel(artifacts, version);
    expect(served.version).toBe(version);
    expect((await served.predictor.predict(penguinRows)).predictions).toEqual(
      (await goldenOf(model)).predictions,
    );
  });

  it('refuses a number that differs by more than 1e-4 of its size, and accepts less', async () => {
    const golden = await goldenOf(createRegressor());
    const scaled = (factor: number) => ({
      ...golden,
      predictions: golden.predictions.map((value) => Number(value) * factor),
    });
    const load = async (factor: number) =>
      loadModel(
        artifacts,
        await storeSmallModel(artifacts, createRegressor(), { golden: scaled(factor) }),
      );
    await expect(load(1.00009)).resolves.toBeDefined();
    await expect(load(1.00011)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(/Loading version 1 of penguins: .*row 0 is now answered/),
    });
  });

  it('refuses other probabilities, other classes and golden rows of another format', async () => {
    const golden = await goldenOf(createClassifier());
    const rows = golden.probabilities ?? [];
    for (const changed of [
      { ...golden, probabilities: rows.map((row) => ({ ...row, x: 0.5 })) },
      { ...golden, probabilities: rows.map(({ x: _x, ...others }) => others) },
      { ...golden, probabilities: [] },
      { ...golden, rows: [{ island: 'Dream' }] },
      { ...golden, format: 'other' },
      {},
    ]) {
      const version = await storeSmallModel(artifacts, createClassifier(), { golden: changed });
      await expect(loadModel(artifacts, version)).rejects.toMatchObject({ code: 'model-invalid' });
    }
  });

  it('refuses the weights of another model', async () => {
    const version = await storeSmallModel(artifacts, createClassifier());
    const { weightsBytes } = createClassifier(undefined, 2);
    const weights = await artifacts.putBytes(weightsBytes, 'application/octet-stream');
    const mixed = { ...version, artifacts: { ...version.artifacts, weights } };
    await expect(loadModel(artifacts, mixed)).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('refuses changed bytes before it looks into them', async () => {
    const version = await storeSmallModel(artifacts, createClassifier());
    const key = version.artifacts.weights.uri.replace('s3://memory/', '');
    const { body } = await objects.get(key);
    await objects.put(key, body.fill(7, -4));
    await expect(loadModel(artifacts, version)).rejects.toMatchObject({ code: 'artifact-corrupt' });
  });

  it('replays golden rows, which are raw, through the process of derived columns', async () => {
    const deriver = new DeriveProcess({ memoryBytes: 512 << 20 });
    try {
      const model = createDerivingRegressor();
      const version = await storeSmallModel(artifacts, model, { deriver });
      const { predictor } = await loadModel(artifacts, version, { deriver });
      expect((await predictor.predict(penguinRows)).predictions).toHaveLength(3);
      await expect(loadModel(artifacts, version)).rejects.toMatchObject({ code: 'model-invalid' });
    } finally {
      await deriver.close();
    }
  });

  it('does not call a model invalid because its derived columns were not computed in time', async () => {
    const late = new RecetaError('deadline-exceeded', 'too late');
    const deriver = new DeriveProcess({ memoryBytes: 512 << 20 });
    try {
      const version = await storeSmallModel(artifacts, createDerivingRegressor(), { deriver });
      const busy = { derive: () => Promise.reject(late) };
      await expect(loadModel(artifacts, version, { deriver: busy })).rejects.toBe(late);
    } finally {
      await deriver.close();
    }
  });
});
