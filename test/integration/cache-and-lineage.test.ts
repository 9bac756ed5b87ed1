import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/contract/run-record.js';
import { type StepName, stepNames } from '../../src/contract/steps.js';
import type { LineageEvent } from '../../src/lineage/open-lineage.js';
import { createWorld, testLimits, type World } from '../servers/create-world.js';
import { penguinsPlan } from './example-plans.js';

/** A final model that is trained anew, so that another number of epochs gives another one. */
const trainFor = (epochs: number) => ({ epochs, ensemble: false, calibration: 'none' });
const short = { tune: { trials: 2, parallel: 2, epochs: 2 }, train: trainFor(4) };

let world: World;
let first: RunRecord;

beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
  first = await run();
});
afterAll(() => world?.close());

async function run(
  change: Readonly<Record<string, unknown>> = {},
  recomputeFrom: StepName | null = null,
): Promise<RunRecord> {
  const plan = await penguinsPlan(world, { ...short, ...change });
  const cache = { recomputeFrom };
  const { runId } = await world.client.startRun({ plan, limits: testLimits, cache });
  return world.untilFinished(runId);
}

/** `hit` or `ran` by step. */
function statesOf({ progress }: RunRecord): Record<string, string | null> {
  return Object.fromEntries(progress.steps.map(({ name, cache }) => [name, cache?.state ?? null]));
}

function reasonOf({ progress }: RunRecord, step: StepName): string | undefined {
  return progress.steps.find(({ name }) => name === step)?.cache?.reason;
}

/** What a run made, except for the report of its study, which tells times. */
function bytesOf({ artifacts }: RunRecord): RunRecord['artifacts'] {
  const { study, ...others } = artifacts;
  return others;
}

const hits = (...steps: readonly StepName[]) =>
  Object.fromEntries(steps.map((step) => [step, 'hit']));

describe('a second run', () => {
  it('takes every step over when nothing has changed, and makes no new version', async () => {
    const second = await run();
    expect(second).toMatchObject({ outcome: 'succeeded', model: first.model });
    expect(statesOf(second)).toEqual(hits(...stepNames));
    expect(reasonOf(second, 'train')).toBe(`unchanged since ${first.runId}`);
    expect(second.artifacts).toEqual(first.artifacts);
    expect(second.progress.study).toEqual(first.progress.study);
  });

  it('runs again from the first step that a change of the pipeline file reaches, and says which', async () => {
    const changed = await run({ train: trainFor(5) });
    expect(statesOf(changed)).toMatchObject({
      ...hits('download', 'validate', 'transform', 'prepare', 'tune'),
      train: 'ran',
    });
    expect(reasonOf(changed, 'train')).toBe('train.epochs changed');
    expect(reasonOf(changed, 'evaluate')).toContain('input model changed');
  });

  it('computes again what it was asked to, and what comes after, into the same bytes', async () => {
    const asked = await run({}, 'prepare');
    expect(statesOf(asked)).toMatchObject({
      ...hits('download', 'validate', 'transform'),
      prepare: 'ran',
      tune: 'ran',
      evaluate: 'ran',
    });
    expect(reasonOf(asked, 'train')).toBe('asked to compute again from prepare');
    expect(bytesOf(asked)).toEqual(bytesOf(first));
  });

  it('finds a damaged artifact, computes it again and leaves it sound', async () => {
    const { profile } = first.artifacts;
    if (profile === undefined) throw new Error('the run has no profile');
    const key = profile.uri.split('/').slice(3).join('/');
    await world.storage.objects.put(key, new Uint8Array(profile.sizeBytes));
    const mended = await run();
    expect(reasonOf(mended, 'transform')).toBe('the stored profile is damaged');
    expect(statesOf(mended)).toMatchObject({ validate: 'hit', transform: 'ran', prepare: 'hit' });
    expect((await world.storage.artifacts.getBytes(profile)).byteLength).toBe(profile.sizeBytes);
  });

  it('waits for another one that computes the same at the same time', async () => {
    const change = { split: { seed: 77 } };
    const both = await Promise.all([run(change), run(change)]);
    const computed = (step: StepName) =>
      both.filter((record) => statesOf(record)[step] === 'ran').length;
    expect([computed('prepare'), computed('train'), computed('evaluate')]).toEqual([1, 1, 1]);
    const [one, other] = both.map(bytesOf);
    expect(one).toEqual(other);
  });
});

describe('a reproduction', () => {
  it('makes the same bytes in every step, and registers nothing', async () => {
    const { runId } = await world.client.reproduceRun(first.runId, { limits: testLimits });
    const record = await world.untilFinished(runId);
    expect(record).toMatchObject({ outcome: 'succeeded', model: null, reproduces: first.runId });
    expect(reasonOf(record, 'train')).toBe('asked to compute everything again');
    const report = await world.client.compareReproduction(runId);
    expect(report).toMatchObject({ verdict: 'identical', differences: [] });
  });

  it('is refused for a run without a result', async () => {
    const failed = await run({ target: 'nowhere' });
    expect(failed.outcome).toBe('failed');
    await expect(
      world.client.reproduceRun(failed.runId, { limits: testLimits }),
    ).rejects.toMatchObject({ code: 'run-state-conflict' });
    await expect(world.client.compareReproduction(first.runId)).rejects.toMatchObject({
      code: 'run-state-conflict',
    });
  });
});

describe('lineage', () => {
  it('sets two runs side by side', async () => {
    const other = await run({ train: trainFor(5) });
    const diff = await world.client.diffRuns(first.runId, other.runId);
    expect(diff.pipeline[0]).toEqual({ name: 'train.epochs', a: 4, b: 5, isEqual: false });
    expect(diff.pipeline.slice(1).every(({ isEqual }) => isEqual)).toBe(true);
    expect(diff.data.map(({ name, isEqual }) => `${name} ${isEqual}`)).toEqual([
      'source: penguins.csv true',
    ]);
    expect(diff.code.length).toBeGreaterThan(50);
    expect(diff.code.every(({ isEqual }) => isEqual)).toBe(true);
  });

  it('leads from a model version to the file, and from the file to the version', async () => {
    const version = await world.storage.registry.getVersion('penguins', first.model?.version ?? 0);
    const { run: origin } = await world.client.readModelLineage(version);
    expect(origin.runId).toBe(first.runId);
    const [file] = origin.data;
    expect(file).toMatchObject({ source: 'source', name: 'penguins.csv' });
    expect(Object.keys(origin.code)).toContain('npm:@duckdb/node-api');
    const uses = await world.client.readUses(file?.sha256 ?? '');
    expect(uses[0]).toMatchObject({ runId: first.runId, model: first.model });
    expect(uses.length).toBeGreaterThan(1);
  });

  it('stands as OpenLineage events beside the run', async () => {
    const { body } = await world.storage.objects.get(`runs/${first.runId}/openlineage.jsonl`);
    const lines = new TextDecoder().decode(body).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as LineageEvent);
    expect(events).toHaveLength(2 + 2 * stepNames.length);
    const transform = events.findLast(({ job }) => job.name === 'penguins.transform');
    expect(transform?.outputs[0]?.facets.schema).toMatchObject({
      fields: expect.arrayContaining([{ name: 'species', type: 'VARCHAR' }]),
    });
  });
});
