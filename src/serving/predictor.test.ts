import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { type ModelDocument, parseModelDocument } from '../learning/model/model-document.js';
import { createPredictor } from './predictor.js';
import type { RowDeriver } from './row-deriver.js';
import {
  createClassifier,
  createDerivingRegressor,
  createRegressor,
  joinModels,
  penguinRows,
  type SmallMember,
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
    const [program] = document.programs as [
      { columns: unknown[]; target: { classes: string[]; priors: number[] } },
    ];
    const { target } = program;
    const binary = { ...target, classes: ['x', 'y'], priors: [0.5, 0.5] };
    for (const changed of [
      { programs: [{ ...program, columns: [] }] },
      { programs: [{ ...program, target: binary }] },
      { programs: [{}] },
      { task: 'regression' },
      { weights: { ...document.weights, sha256: '0'.repeat(64) } },
      { members: document.members.map((member) => ({ ...member, prefix: 'other.' })) },
    ]) {
      expect(() => load(changed)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
    }
  });
});

describe('Predictor of several members', () => {
  const [plain] = createClassifier().members;
  const [steep] = createClassifier(undefined, 4).members;
  if (plain === undefined || steep === undefined) throw new Error('a small model has a member');
  const answer = async (
    members: readonly SmallMember[],
    calibration: ModelDocument['calibration'] = null,
  ) => {
    const { documentBytes, weightsBytes } = joinModels(members, calibration);
    const predictor = createPredictor(documentBytes, weightsBytes);
    const { probabilities } = await predictor.predict(penguinRows, { probabilities: true });
    return (probabilities ?? []).map((row) => Object.values(row));
  };

  it('answers the mean of their probabilities by their weights', async () => {
    const [a, b] = [await answer([plain]), await answer([steep])];
    const mixed = await answer([
      { ...plain, weight: 0.25 },
      { ...steep, weight: 0.75 },
    ]);
    for (const [row, values] of mixed.entries()) {
      for (const [index, value] of values.entries()) {
        const expected = 0.25 * (a[row]?.[index] ?? 0) + 0.75 * (b[row]?.[index] ?? 0);
        expect(value).toBe(Math.fround(expected));
      }
    }
  });

  it('calibrates what it answers, and not the members', async () => {
    const plainly = await answer([plain]);
    const flat = await answer([plain], { kind: 'temperature', temperature: 2 });
    for (const [row, values] of flat.entries()) {
      const roots = (plainly[row] ?? []).map(Math.sqrt);
      const sum = roots.reduce((a, b) => a + b);
      for (const [index, value] of values.entries()) {
        expect(value).toBeCloseTo((roots[index] ?? 0) / sum, 6);
      }
    }
  });

  it('refuses an isotonic calibration of three classes', async () => {
    await expect(answer([plain], { kind: 'isotonic', x: [0, 1], y: [0, 1] })).rejects.toMatchObject(
      { code: 'model-invalid' },
    );
  });

  it('decodes members whose target is scaled otherwise before it averages', async () => {
    const [member] = createRegressor().members;
    if (member?.program.target.task !== 'regression') throw new Error('it is a regression');
    const { target } = member.program;
    // The same model fitted on another fold: in units of dozens around another mean.
    const otherTarget = { ...target, mean: target.mean - 12, scale: target.scale * 12 };
    const other = { ...member, program: { ...member.program, target: otherTarget } };
    const numbers = async (members: readonly SmallMember[]) => {
      const { documentBytes, weightsBytes } = joinModels(members);
      const { predictions } = await createPredictor(documentBytes, weightsBytes).predict(
        penguinRows,
      );
      return predictions.map(Number);
    };
    const [a, b] = [await numbers([member]), await numbers([other])];
    const mixed = await numbers([
      { ...member, weight: 0.5 },
      { ...other, weight: 0.5 },
    ]);
    expect(b).not.toEqual(a);
    for (const [row, value] of mixed.entries()) {
      expect(value).toBeCloseTo(((a[row] ?? 0) + (b[row] ?? 0)) / 2, 5);
    }
  });

  it('refuses members that know other classes', () => {
    const [narrow] = createClassifier(['x', 'y', 'x', 'x', 'y', 'x']).members;
    expect(() => joinAndLoad([plain, narrow as SmallMember])).toThrow(
      expect.objectContaining({ code: 'model-invalid' }),
    );
  });

  it('answers a row the same alone and among a thousand', async () => {
    const predictor = joinAndLoad([
      { ...plain, weight: 0.5 },
      { ...steep, weight: 0.5 },
    ]);
    const options = { probabilities: true };
    const [alone] = (await predictor.predict(penguinRows.slice(1, 2), options)).probabilities ?? [];
    const many = Array.from({ length: 1000 }, (_, index) => penguinRows[index % 3] ?? {});
    const { probabilities } = await predictor.predict(many, options);
    expect(probabilities?.[601]).toEqual(alone);
  });

  function joinAndLoad(members: readonly SmallMember[]) {
    const shared = members.map((member) => ({ ...member, weight: 1 / members.length }));
    const { documentBytes, weightsBytes } = joinModels(shared);
    return createPredictor(documentBytes, weightsBytes);
  }
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
    expect(derive).toHaveBeenCalledWith(predictor.inputs.derived, penguinRows, 'inputs');
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
