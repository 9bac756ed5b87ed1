import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { CacheNote } from '../../contract/step-cache.js';
import { describeChanges } from './describe-changes.js';
import { renderProgress } from './render-progress.js';
import { createRunDescription } from './testdata/create-run-description.js';

const note = (state: CacheNote['state'], reason: string): CacheNote => ({
  state,
  reason,
  key: 'k',
  parts: { uri: 's3://b/k', sha256: 'k', sizeBytes: 1, mediaType: 'application/json' },
});

const run = createRunDescription({
  steps: {
    download: { state: 'succeeded', durationMs: 10, cache: note('hit', 'unchanged since p-1') },
    validate: {
      state: 'succeeded',
      durationMs: 900,
      summary: '344 rows',
      cache: note('ran', 'code of dataset/jobs/check-table.ts changed'),
    },
  },
});

describe('a step that is done', () => {
  it('says in the live display whether it was taken over, and why or why not', () => {
    const options = { nowMs: 0, colors: pc.createColors(false), notice: null };
    expect(renderProgress(run, options).slice(1, 3)).toEqual([
      '  ✓ download        0.0 s    hit: unchanged since p-1',
      '  ✓ validate        0.9 s  344 rows  ran: code of dataset/jobs/check-table.ts changed',
    ]);
  });

  it('says so in lines, too', () => {
    expect(describeChanges(null, run).slice(1)).toEqual([
      'download succeeded in 0.0 s (hit: unchanged since p-1)',
      'validate succeeded in 0.9 s: 344 rows (ran: code of dataset/jobs/check-table.ts changed)',
    ]);
  });
});
