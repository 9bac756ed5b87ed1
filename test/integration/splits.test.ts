import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/artifacts/safetensors.js';
import type { PreparedData } from '../../src/contract/activities.js';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';
import type { RunRecord } from '../../src/contract/run-record.js';
import type { FeatureProgram } from '../../src/features/feature-program.js';
import type { ModelDocument } from '../../src/learning/model/model-document.js';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan, penguinsPlan } from './example-plans.js';

/** Rows of one hour each: two numbers, a weight that is 0 in every third row, and a target that neither number tells alone. */
function hourlyCsv(rows: number): string {
  const lines = ['moment,a,b,heft,y'];
  for (let row = 0; row < rows; row += 1) {
    const moment = new Date(Date.UTC(2026, 0, 1, row)).toISOString();
    const a = ((row * 7919) % 1_009) / 100;
    const b = ((row * 5_003) % 997) / 100;
    lines.push(`${moment},${a},${b},${row % 3 === 0 ? 0 : 2},${(3 * a + 2 * b).toFixed(2)}`);
  }
  return `${lines.join('\n')}\n`;
}

describe('splits of real runs', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    await world.startWorker();
  });

  afterAll(() => world.close());

  async function runHourly(change: Readonly<Record<string, unknown>>): Promise<RunRecord> {
    const plan = await csvPlan(world, hourlyCsv(300), { ignore: ['heft'], ...change });
    return world.untilFinished(await world.startRun(plan));
  }

  function artifact<Value>(record: RunRecord, name: string): Promise<Value> {
    const ref = record.artifacts[name];
    if (ref === undefined) throw new Error(`the run has no artifact '${name}'`);
    return world.storage.artifacts.getJson<Value>(ref);
  }

  async function programsOf(record: RunRecord): Promise<readonly FeatureProgram[]> {
    const { programs } = await artifact<ModelDocument>(record, 'model');
    return programs as readonly FeatureProgram[];
  }

  async function matricesOf(ref: ArtifactRef) {
    return decodeSafetensors(await world.storage.artifacts.getBytes(ref)).tensors;
  }

  it('trains every fold in a trial, and the models of all folds answer together', async () => {
    const plan = await penguinsPlan(world, { split: { folds: 3, stratify: true, test: 0.25 } });
    const record = await world.untilFinished(await world.startRun(plan));

    expect(record.outcome).toBe('succeeded');
    expect(record.metrics?.accuracy).toBeGreaterThan(0.9);
    const { folds } = await artifact<PreparedData>(record, 'prepared');
    expect(folds).toHaveLength(3);
    const counts = await Promise.all(
      folds.map(async ({ train, validation }) => {
        const rowsOf = async (ref: ArtifactRef) => (await matricesOf(ref)).y?.data.length ?? 0;
        return { train: await rowsOf(train), validation: await rowsOf(validation) };
      }),
    );
    const developmentRows = counts.reduce((sum, { validation }) => sum + validation, 0);
    for (const { train, validation } of counts) expect(train + validation).toBe(developmentRows);
    expect(Math.abs(developmentRows - 0.75 * 344)).toBeLessThan(8);
    // Programs of different train parts differ.
    expect(new Set(folds.map(({ features }) => features.sha256)).size).toBe(3);
    const model = await artifact<ModelDocument>(record, 'model');
    const programs = folds.map(({ features }) =>
      world.storage.artifacts.getJson<FeatureProgram>(features),
    );
    expect(model.programs).toEqual(await Promise.all(programs));
    expect(model.members.slice(0, 3).map(({ program }) => program)).toEqual([0, 1, 2]);
    const { trials } = await world.client.describeRun(record.runId);
    expect(trials.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('keeps to the order of time, with a gap before each part', async () => {
    const record = await runHourly({ split: { by: 'moment', gap: '10h' } });
    expect(record.outcome).toBe('succeeded');
    const prepare = record.attempts.find(({ step }) => step === 'prepare');
    expect(prepare?.metrics).toMatchObject({ trainRows: 182, validationRows: 38, testRows: 60 });
    const step = record.progress.steps.find(({ name }) => name === 'prepare');
    expect(step?.warnings).toContain('20 rows within the gap before a part were left out');
  });

  it('fits features again for trials that change them, and for the final training', async () => {
    const scale = 'features.columns.a.scale';
    const record = await runHourly({
      tune: { trials: 1, epochs: 2, space: { [scale]: ['robust'] } },
    });

    expect(record.outcome).toBe('succeeded');
    const { trials } = await world.client.describeRun(record.runId);
    expect(trials[0]?.parameters).toMatchObject({ [scale]: 'robust', layers: 2 });
    const scaleOf = ({ columns }: FeatureProgram): unknown => {
      const column = columns.find(({ name }) => name === 'a');
      return column?.kind === 'number' ? column.value?.scale.method : undefined;
    };
    const prepared = await artifact<FeatureProgram>(record, 'features');
    const [features] = await programsOf(record);
    expect(scaleOf(prepared)).toBe('standard');
    expect(features && scaleOf(features)).toBe('robust');
    expect(features?.target).toEqual(prepared.target);
  });

  it('refuses a search space that names nothing', async () => {
    const record = await runHourly({
      tune: { trials: 1, epochs: 2, space: { momentum: { low: 0, high: 1 } } },
    });
    expect(record.failure).toMatchObject({ code: 'pipeline-invalid', step: 'tune' });
    expect(record.failure?.message).toContain(
      'momentum is neither a hyperparameter (layers, width',
    );
  });

  it('counts rows by their weights', async () => {
    const record = await runHourly({
      ...{ ignore: [], features: { columns: { heft: { role: 'weight' } } } },
    });
    expect(record.outcome).toBe('succeeded');
    const { folds } = await artifact<PreparedData>(record, 'prepared');
    const { w, x } = await matricesOf(folds[0]?.train as ArtifactRef);
    expect(w?.shape).toEqual([x?.shape[0]]);
    expect(new Set(w?.data).size).toBe(2);
    const [features] = await programsOf(record);
    expect(features?.weight?.name).toBe('heft');
    expect(features?.columns.map(({ name }) => name)).not.toContain('heft');
  });
});
