import { describe, expect, it } from 'vitest';
import { putJsonRecord } from '../artifacts/json-records.js';
import { toStudyId } from '../contract/ids.js';
import { runRecordKey } from '../contract/run-keys.js';
import type { StudyReport } from '../contract/study-report.js';
import { createRunFacts, createTrial } from '../lineage/testdata/create-run-facts.js';
import type { ClientContext } from './client-context.js';
import { describeRun } from './describe-run.js';
import { readStudy } from './read-study.js';
import { createLiveContext } from './testdata/create-live-context.js';
import { createStudyStatus } from './testdata/create-study-status.js';
import { settledTrial, suggestedTrial } from './testdata/create-trials.js';

const { record } = createRunFacts();
const { runId } = record;

const report: StudyReport = {
  format: 'receta-study/1',
  trials: [createTrial({ reports: [{ step: 1, value: 0.4 }] })],
  budget: { trials: 1, minutes: 5, noImprovement: null },
  decisions: [{ at: '2026-11-23T17:08:05.000Z', kind: 'stopped', detail: 'after 1 trials' }],
  best: 0,
  rescores: [{ number: 0, values: [0.26, 0.24] }],
  spaces: { mlp: [{ kind: 'int', name: 'layers', low: 1, high: 8 }] },
  importance: { mlp: { layers: 1 } },
};

async function finish(context: ClientContext, study: typeof record.progress.study) {
  const progress = { ...record.progress, study };
  await putJsonRecord(context.objects, runRecordKey(runId), { ...record, progress });
}

/** Two trials, of which the second one runs. */
async function begin(context: ClientContext): Promise<void> {
  for (const number of [0, 1]) await context.studies.suggest(runId, suggestedTrial(number));
  await context.studies.settle(runId, [settledTrial(0)]);
  await context.studies.report(runId, {
    ...{ number: 1, model: 'mlp', state: 'running', value: null, pruned: null },
    reports: [{ step: 1, value: 0.9 }],
  });
}

describe('readStudy', () => {
  it('shows a running study from what its workflow knows and the store holds', async () => {
    const running = [{ number: 1, startedAt: '2026-11-23T17:09:00.000Z' }];
    const status = createStudyStatus({ state: 'paused', count: 2, running, enqueued: 1 });
    const context = createLiveContext({ answers: { [toStudyId(runId)]: status } });
    await begin(context);
    expect(await readStudy(context, runId)).toMatchObject({
      ...{ runId, state: 'paused', budget: status.budget, enqueued: 1, best: null },
      counts: { complete: 1, running: 1, pruned: 0, failed: 0 },
      trials: [
        { number: 0, state: 'complete', sampler: 'random/1', reports: [] },
        { number: 1, state: 'running', reports: [{ step: 1, value: 0.9 }], ...running[0] },
      ],
    });
  });

  it('shows what the store holds while no worker answers', async () => {
    const context = createLiveContext();
    await begin(context);
    expect(await readStudy(context, runId)).toMatchObject({
      ...{ state: null, budget: null },
      trials: [{ state: 'complete' }, { state: 'running' }],
    });
  });

  it('shows an ended study from its report', async () => {
    const context = createLiveContext();
    await finish(context, await context.artifacts.putJson(report));
    const { format: _, ...told } = report;
    expect(await readStudy(context, runId)).toEqual({
      ...{ runId, state: 'ended', enqueued: 0, ...told },
      counts: { complete: 1, running: 0, pruned: 0, failed: 0 },
    });
  });

  it('keeps the trials of a study that did not come to its end', async () => {
    const context = createLiveContext();
    await begin(context);
    await finish(context, null);
    expect(await readStudy(context, runId)).toMatchObject({
      state: 'ended',
      trials: [{ state: 'complete' }, { state: 'failed', reason: 'it ended with its run' }],
    });
  });

  it('says what a run does that has no study yet', async () => {
    await expect(readStudy(createLiveContext({ step: 'validate' }), runId)).rejects.toMatchObject({
      code: 'run-state-conflict',
      message: expect.stringContaining('the run is at the step validate'),
    });
  });
});

describe('describeRun', () => {
  it('tells of the study of a run, and in lists reads nothing of it', async () => {
    const context = createLiveContext();
    await finish(context, await context.artifacts.putJson(report));
    expect(await describeRun(context, runId)).toMatchObject({
      ...{ trialCount: 1, trials: [{ number: 0, value: 0.25, reached: null }] },
      study: { state: 'ended', counts: { complete: 1 }, decisions: [{ kind: 'stopped' }] },
    });
    expect(await describeRun(context, runId, 'brief')).toMatchObject({
      ...{ trialCount: null, trials: [], study: null },
    });
  });

  it('shows a finished run whose report somebody has removed', async () => {
    const context = createLiveContext();
    const ref = await context.artifacts.putJson(report);
    await finish(context, { ...ref, ...missing(ref) });
    expect(await describeRun(context, runId)).toMatchObject({ trialCount: 0, study: null });
  });

  it('tells of the study of a live run', async () => {
    const status = createStudyStatus({ count: 2 });
    const context = createLiveContext({ answers: { [toStudyId(runId)]: status } });
    await begin(context);
    expect(await describeRun(context, runId)).toMatchObject({
      ...{ state: 'running', trialCount: 2, study: { state: 'running' } },
      trials: [{ state: 'complete' }, { state: 'running' }],
    });
  });
});

/** The same reference to bytes that are not there. */
function missing({ uri, sha256 }: { readonly uri: string; readonly sha256: string }) {
  const other = sha256.replaceAll(/./g, '0');
  return { uri: uri.replaceAll(sha256, other), sha256: other };
}
