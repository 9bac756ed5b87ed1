import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../contract/run-record.js';
import type { ReportedTrial } from '../contract/study-report.js';
import { compareOutputs } from './compare-outputs.js';
import { createRunFacts, createTrial, testRef } from './testdata/create-run-facts.js';

const original = createRunFacts();

function repeat(change: Partial<RunRecord>, changed: readonly string[] = []) {
  const artifacts = { ...original.record.artifacts };
  for (const name of changed) artifacts[name] = testRef(`other ${name}`);
  return createRunFacts({ runId: 'taxi-20261123-180000-bbbbbb', artifacts, ...change });
}

describe('compareOutputs', () => {
  it('is identical when every step made the same bytes', () => {
    const report = compareOutputs(original, repeat({}));
    expect(report).toMatchObject({ verdict: 'identical', differences: [] });
    expect(report.metrics).toContainEqual({ name: 'rmse', original: 2, reproduction: 2 });
  });

  it('is within tolerance when bytes differ but the metrics do not', () => {
    const metrics = { rmse: 2 * (1 + 9e-7), r2: 0.9 };
    const report = compareOutputs(original, repeat({ metrics }, ['weights', 'model']));
    expect(report.verdict).toBe('within-tolerance');
    expect(report.differences.map(({ step, name }) => `${step} ${name}`)).toEqual([
      'train model',
      'train weights',
    ]);
  });

  it('has diverged when a metric differs by more than a millionth', () => {
    const metrics = { rmse: 2 * (1 + 2e-6), r2: 0.9 };
    expect(compareOutputs(original, repeat({ metrics }, ['weights'])).verdict).toBe('diverged');
  });

  it('names the first step that differs, with both digests, in the order of the steps', () => {
    const metrics = { rmse: 3, r2: 0.5 };
    const report = compareOutputs(original, repeat({ metrics }, ['golden', 'weights', 'table']));
    expect(report.differences[0]).toEqual({
      step: 'transform',
      name: 'table',
      original: testRef('table').sha256,
      reproduction: testRef('other table').sha256,
    });
  });

  it('compares the files that were read, not the list of them', () => {
    const listed = compareOutputs(original, repeat({}, ['dataset']));
    expect(listed.verdict).toBe('identical');
    const manifest = { format: 'receta-dataset/1', sources: { trips: [] } } as const;
    const report = compareOutputs(original, { ...repeat({ metrics: null }), manifest });
    expect(report.differences[0]).toMatchObject({ step: 'download', reproduction: null });
  });

  it('compares what trials were given and found, and not how long they took', () => {
    const compare = (change: Partial<ReportedTrial>) =>
      compareOutputs(original, { ...repeat({}), trials: [createTrial(change)] });
    expect(compare({ durationMs: 9, startedAt: 'later' }).verdict).toBe('identical');
    for (const change of [
      { value: 0.5 },
      { seed: 8 },
      { parameters: { layers: 3 } },
      { reached: { step: 3, value: 0.25 } },
    ]) {
      expect(compare(change).differences).toMatchObject([{ step: 'tune', name: 'trials' }]);
    }
  });

  it('has diverged when the repetition came not so far', () => {
    const { dataset } = original.record.artifacts;
    const artifacts = dataset === undefined ? {} : { dataset };
    const report = compareOutputs(original, createRunFacts({ artifacts, metrics: null }));
    expect(report.verdict).toBe('diverged');
    expect(report.differences[0]).toMatchObject({ step: 'validate', reproduction: null });
  });
});
