import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrialOutcome } from '../../src/contract/activities.js';
import { modelNames } from '../../src/contract/model-names.js';
import type { RunDescription } from '../../src/contract/run-description.js';
import type { RunRecord } from '../../src/contract/run-record.js';
import { parseModelDocument } from '../../src/learning/model/model-document.js';
import { loadModel } from '../../src/serving/load-model.js';
import { createWorld, type World } from '../servers/create-world.js';
import { threeLinePlan } from './example-plans.js';

const penguins = fileURLToPath(new URL('../../examples/01-penguins/penguins.csv', import.meta.url));
const file = 'name: penguins\nsource: penguins.csv\ntarget: species\n';

let world: World;

beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});

afterAll(() => world.close());

async function run(text: string): Promise<RunRecord> {
  const runId = await world.startRun(await threeLinePlan(world, penguins, file + text));
  const record = await world.untilFinished(runId);
  expect(record.failure).toBeNull();
  return record;
}

function summaryOf({ progress }: RunRecord, step: string): string {
  return progress.steps.find(({ name }) => name === step)?.summary ?? '';
}

describe('every model there is, named in the pipeline file', () => {
  let record: RunRecord;
  let trials: RunDescription['trials'];
  beforeAll(async () => {
    const models = `models: [${modelNames.join(', ')}]\n`;
    record = await run(`${models}tune: { trials: ${modelNames.length}, epochs: 6 }\n`);
    trials = (await world.client.describeRun(record.runId)).trials;
  });

  it('is trained with its own settings, each on the library that is its own', () => {
    expect(trials.map(({ model }) => model).sort()).toEqual([...modelNames].sort());
    for (const { model, state, reason } of trials) {
      expect(`${model} ${state} ${reason}`).toBe(`${model} complete null`);
    }
    const libraries = new Map(
      record.attempts.flatMap(({ trial, backend }) =>
        trial === null ? [] : [[trials[trial]?.model, backend?.name] as const],
      ),
    );
    expect(Object.fromEntries(libraries)).toEqual({
      linear: 'receta',
      lightgbm: 'lightgbm',
      mlp: 'tensorflow',
      realmlp: 'tensorflow',
      tabm: 'tensorflow',
      'realmlp-td': 'tensorflow',
      'tabm-full': 'tensorflow',
    });
  });

  it('keeps what each answered for the validation rows', async () => {
    for (const { outcome, model } of trials) {
      if (outcome === null) throw new Error(`${model} left nothing`);
      const kept = await world.storage.artifacts.getJson<TrialOutcome>(outcome);
      expect(kept.model).toBe(model);
      expect(kept.folds).toHaveLength(1);
      expect(kept.folds[0]?.predictions.sizeBytes).toBeGreaterThan(0);
    }
  });

  it('may answer in the final model, whose shares add up and whose value is no worse than any', async () => {
    const { members } = record.progress;
    const shares = members.reduce((sum, { weight }) => sum + weight, 0);
    expect(shares).toBeCloseTo(1, 9);
    const values = trials.map(({ value }) => value ?? Number.NaN);
    const train = record.attempts.find(({ step }) => step === 'train');
    expect(train?.metrics.value).toBeLessThanOrEqual(Math.min(...values));
    const version = await world.storage.registry.getVersion('penguins', 1);
    const bytes = await world.storage.artifacts.getBytes(version.artifacts.model);
    expect(parseModelDocument(bytes).members.map(({ model }) => model)).toEqual(
      members.map(({ model }) => model),
    );
  });

  it('is served, and its golden rows hold', async () => {
    const version = await world.storage.registry.getVersion('penguins', 1);
    await expect(loadModel(world.storage.artifacts, version)).resolves.toBeDefined();
    expect(record.metrics?.accuracy).toBeGreaterThan(0.9);
  });
});

it('models: auto tries the models that suit, a network among them, and says which', async () => {
  const record = await run('tune: { trials: 5, epochs: 5 }\n');
  const { trials } = await world.client.describeRun(record.runId);
  const models = trials.map(({ model }) => model);
  expect(models.length).toBe(5);
  expect(models).toContain('lightgbm');
  expect(record.attempts.some(({ backend }) => backend?.name === 'tensorflow')).toBe(true);
  for (const model of models) expect(summaryOf(record, 'tune')).toContain(model);
  expect(summaryOf(record, 'train')).toMatch(/LightGBM|TensorFlow|Receta/);
});

it('a study of one trial tries a network', async () => {
  const record = await run('tune: { trials: 1, epochs: 5 }\n');
  expect(record.attempts.find(({ trial }) => trial === 0)?.backend?.name).toBe('tensorflow');
});

it('with folds the models of all folds answer, each trained on its own part', async () => {
  const record = await run(
    'models: [linear, lightgbm]\nsplit: { folds: 3, stratify: true }\n' +
      'tune: { trials: 2, epochs: 20 }\ntrain: { ensemble: false }\n',
  );
  const { members } = record.progress;
  expect(members).toHaveLength(3);
  expect(new Set(members.map(({ trial }) => trial)).size).toBe(1);
  expect(summaryOf(record, 'train')).toMatch(/^bag of 3: /);
});

it('with folds and without bagging the model of the first fold answers', async () => {
  const record = await run(
    'models: linear\nsplit: { folds: 3, stratify: true }\n' +
      'tune: { trials: 1 }\ntrain: { bagging: false }\n',
  );
  expect(record.progress.members).toEqual([{ model: 'linear', trial: 0, weight: 1 }]);
});

it('an objective that does not fit the classes stops the run before anything is trained', async () => {
  const text = `${file}models: mlp\nlearning: { objective: rocAuc }\n`;
  const runId = await world.startRun(await threeLinePlan(world, penguins, text));
  const record = await world.untilFinished(runId);
  expect(record.failure).toMatchObject({
    code: 'pipeline-invalid',
    step: 'prepare',
    problems: [{ path: 'learning.objective' }],
  });
  expect(record.failure?.message).toContain('it is for two classes and there are 3');
});
