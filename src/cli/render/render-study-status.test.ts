import { expect, it } from 'vitest';
import { createStudyStatus } from '../../client/testdata/create-study-status.js';
import { renderStudyStatus } from './render-study-status.js';

it('tells what was done, how the study is and what ends it', () => {
  const startedAt = '2026-11-23T17:08:12.000Z';
  const status = createStudyStatus({
    state: 'paused',
    count: 12,
    running: [10, 11].map((number) => ({ number, startedAt })),
    enqueued: 1,
    decisions: [
      { at: startedAt, kind: 'enqueued', detail: 'mlp {"layers":2}' },
      { at: startedAt, kind: 'paused', detail: 'no further trial starts' },
    ],
  });
  expect(renderStudyStatus('taxi-1', status)).toEqual([
    'study paused: no further trial starts',
    'study of taxi-1 paused: 12 trials begun, 2 running, 1 enqueued',
    'ends after 60 trials',
  ]);
});
