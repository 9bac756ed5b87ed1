import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { parseModelDocument } from '../learning/model-document.js';
import { createPredictor } from './predictor.js';
import type { RowDeriver } from './row-deriver.js';
import {
  createClassifier,
  createDerivingRegressor,
  createRegressor,
  penguinRows,
} from './testdata/small-model.js';

function load({ documentBytes, weightsBytes }: ReturnType<typeof createClassifier>) {
  return createPredictor(documentBytes, weightsBytes);
}

describe('Predictor', () => {
  it('answers labels, with probabilities that add up to 1 when they are asked for', async () => {
    const predictor = load(createClassifier());
    const plain = await predictor.predict(penguinRows);
    expect(plain.probabilities).toBeNull();
    const { predictions, probabilities } = await predictor.predict(penguinRows, {
      probabilities: true,
    });
    expect(predictions).toEqual(plain.predictions);
    expect(probabilities).toHaveLength(3);
    for (const [index, row] of (probabilities ?? []).entries()) {
      expect(Object.keys(row)).toEqual(['x', 'y', 'z']);
      const values = Object.values(row);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(row[String(predictions[index])]).toBe(Math.max(...values));
    }
  });

  it.each([
    ['numbers', [3, 7, 7, 3, 7, 3], [3, 7]],
    ['booleans', [true, false, true, false, true, false], [false, true]],
    ['texts', ['3', 'b', '3', 'b', '3', 'b'], ['3', 'b']],
  ])('answers labels that were %s in their JSON type', async (_name, labels, allowed) => {
    const { predictions } = await load(createClassifier(labels)).predict(penguinRows);
    expect(predictions).toHaveLength(3);
    for (const prediction of predictions) expect(allowed).toContainEqual(prediction);
  });

  it('gives a class named __proto__ its probability', async () => {
    const labels = ['__proto__', 'b', '__proto__', 'b', '__proto__', 'b'];
    const options = { probabilities: true };
    const { probabilities } = await load(createClassifier(labels)).predict(penguinRows, options);
    expect(Object.keys(probabilities?.[0] ?? {}).sort()).toEqual(['__proto__', 'b']);
  });

  it('answers numbers inside the range of the training data', async () => {
    const { predictions } = await load(createRegressor()).predict(penguinRows);
    for (const prediction of predictions) {
      expect(prediction).toBeGreaterThanOrEqual(10.5);
      expect(prediction).toBeLessThanOrEqual(14);
    }
  });

  it('answers a row the same alone and among a thousand', async () => {
    const predictor = load(createRegressor());
    const [alone] = (await predictor.predict(penguinRows.slice(1, 2))).predictions;
    const many = Array.from({ length: 1000 }, (_, index) => penguinRows[index % 3] ?? {});
    const { predictions } = await predictor.predict(many);
    expect(predictions).toHaveLength(1000);
    expect(predictions[601]).toBe(alone);
  });

  it('answers nothing to no rows', async () => {
    expect((await load(createRegressor()).predict([])).predictions).toEqual([]);
  });

  it('lists the problems of all rows with their paths', async () => {
    const predictor = load(createClassifier());
    const rows = [
      { island: 'Dream' },
      { island: 4, mass: 1 },
      { island: 'Dream', mass: 1, bill: 2 },
    ];
    const error = await predictor.predict(rows).catch((caught: RecetaError) => caught);
    expect(error).toMatchObject({ code: 'prediction-input-invalid' });
    expect((error as RecetaError).problems.map(({ path }) => path)).toEqual([
      'instances[0].mass',
      'instances[1].island',
      'instances[2].bill',
    ]);
    await expect(predictor.predict(rows, { path: 'inputs' })).rejects.toMatchObject({
      problems: [{ path: 'inputs[0].mass' }, {}, {}],
    });
  });

  it('lists at most 100 of many problems and says how many there are', async () => {
    const rows = Array.from({ length: 500 }, () => ({ island: 'Dream' }));
    const error = await load(createClassifier())
      .predict(rows)
      .catch((caught: RecetaError) => caught);
    expect((error as RecetaError).problems).toHaveLength(100);
    expect((error as RecetaError).message).toContain('(and 499 more)');
  });

  it('refuses probabilities for a number', async () => {
    await expect(
      load(createRegressor()).predict(penguinRows, { probabilities: true }),
    ).rejects.toMatchObject({ code: 'prediction-input-invalid' });
  });

  it('refuses a document whose features or classes do not fit its network', () => {
    const { documentBytes, weightsBytes } = createClassifier();
    const document = parseModelDocument(documentBytes);
    const load = (changed: object) =>
      createPredictor(Buffer.from(JSON.stringify({ ...document, ...changed })), weightsBytes);
    const features = document.features as { columns: unknown[]; target: { classes: string[] } };
    for (const changed of [
      { network: { ...document.network, inputWidth: 99 } },
      { features: { ...features, columns: [] } },
      { features: { ...features, target: { ...features.target, classes: ['x', 'y'] } } },
      { features: {} },
    ]) {
      expect(() => load(changed)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
    }
  });
});

describe('Predictor of a model with derived columns', () => {
  const { documentBytes, weightsBytes } = createDerivingRegressor();
  const derive = vi.fn<RowDeriver['derive']>(async (_columns, rows) =>
    rows.map((row) => ({ ...row, tons: row.mass === null ? null : Number(row.mass) / 1000 })),
  );
  const predictor = createPredictor(documentBytes, weightsBytes, { deriver: { derive } });

  beforeEach(() => {
    derive.mockClear();
  });

  it('has them computed from the raw rows, all rows at once', async () => {
    const { predictions } = await predictor.predict(penguinRows, { path: 'inputs' });
    expect(predictions).toHaveLength(3);
    expect(derive).toHaveBeenCalledTimes(1);
    expect(derive).toHaveBeenCalledWith(predictor.program.derived, penguinRows, 'inputs');
  });

  it('refuses rows that send them, or lack what they are computed from, before anything is computed', async () => {
    const rows = [{ island: 'Dream', mass: 1, tons: 2 }, { island: 'Dream' }];
    await expect(predictor.predict(rows)).rejects.toMatchObject({
      code: 'prediction-input-invalid',
      problems: [{ path: 'instances[0].tons' }, { path: 'instances[1].mass' }],
    });
    expect(derive).not.toHaveBeenCalled();
  });

  it('passes on why they cannot be computed', async () => {
    const late = new RecetaError('deadline-exceeded', 'too late');
    derive.mockRejectedValueOnce(late);
    await expect(predictor.predict(penguinRows)).rejects.toBe(late);
  });

  it('cannot predict without a deriver, and says what is missing', async () => {
    const alone = createPredictor(documentBytes, weightsBytes);
    await expect(alone.predict(penguinRows)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('tons'),
    });
  });

  it('is asked by no model without derived columns', async () => {
    const plain = createRegressor();
    const options = { deriver: { derive } };
    await createPredictor(plain.documentBytes, plain.weightsBytes, options).predict(penguinRows);
    expect(derive).not.toHaveBeenCalled();
  });
});
