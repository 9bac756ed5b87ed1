import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { StudyDescription } from '../../client/study-description.js';
import { studyTrial } from '../../client/testdata/create-trials.js';
import { renderStudy } from './render-study.js';

const colors = pc.createColors(false);

const study: StudyDescription = {
  runId: 'taxi-20261123-170812-4f9k2m',
  state: 'ended',
  budget: { trials: 60, minutes: 30, noImprovement: null },
  counts: { complete: 2, running: 0, pruned: 1, failed: 0 },
  enqueued: 0,
  decisions: [
    { at: '2026-11-23T17:09:00.123Z', kind: 'extended', detail: 'trials 40 -> 60' },
    { at: '2026-11-23T17:10:00.000Z', kind: 'stopped', detail: 'after 3 trials' },
  ],
  best: 0,
  trials: [
    studyTrial(0, { value: 0.0612 }),
    studyTrial(1, { value: 0.0601, parameters: { layers: 3 } }),
    studyTrial(2, {
      ...{ state: 'pruned', value: null, reached: { step: 4, value: 0.4 } },
      reason: 'worse than 66 % of trials at rung 1',
    }),
  ],
  rescores: [
    { number: 1, values: [0.0701, 0.0688] },
    { number: 0, values: [0.0615] },
  ],
  spaces: {},
  importance: { mlp: { layers: 0.7, dropout: 0.3 } },
};

describe('renderStudy', () => {
  it('shows budget, decisions, trials from best to worst, what other seeds gave, and importance', () => {
    expect(renderStudy(study, 50, colors)).toEqual([
      'study of taxi-20261123-170812-4f9k2m ended',
      'ends after 60 trials or 30 minutes',
      '3 trials: 2 complete, 1 pruned',
      '',
      '2026-11-23T17:09:00Z  study extended: trials 40 -> 60',
      '2026-11-23T17:10:00Z  study stopped: after 3 trials',
      '',
      'trial  model    value  duration                                                         parameters',
      '    1  mlp    0.06010     0.9 s  best                                                   layers 3',
      '    0  mlp    0.06120     0.9 s  chosen                                                 layers 2',
      '    2  mlp          -     0.9 s  pruned at step 4: worse than 66 % of trials at rung 1  layers 2',
      '',
      'trial    value  other seeds',
      '    1  0.06010  0.07010, 0.06880',
      '    0  0.06120  0.06150',
      '',
      'model  parameter  importance',
      'mlp    layers           70 %',
      '       dropout          30 %',
    ]);
  });

  it('shows so many of the best trials and says how to see the others', () => {
    const lines = renderStudy({ ...study, rescores: [], importance: {} }, 1, colors);
    expect(lines.slice(-2)).toEqual([
      '    1  mlp    0.06010     0.9 s  best  layers 3',
      'and 2 more (--limit 3 shows all)',
    ]);
  });

  it('says what waits, and that no worker could be asked', () => {
    const live = { ...study, state: null, budget: null, decisions: [], enqueued: 2 };
    expect(renderStudy(live, 50, colors).slice(0, 3)).toEqual([
      'study of taxi-20261123-170812-4f9k2m goes on, but no worker tells how',
      '3 trials: 2 complete, 1 pruned; 2 enqueued',
      '',
    ]);
  });
});
