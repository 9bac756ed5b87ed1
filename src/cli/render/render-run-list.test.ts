import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderRunList } from './render-run-list.js';
import { createRunDescription } from './testdata/create-run-description.js';

const colors = pc.createColors(false);

describe('renderRunList', () => {
  it('shows state, start, duration and model of each run', () => {
    const lines = renderRunList(
      [
        createRunDescription({ runId: 'b-2' }),
        createRunDescription({
          runId: 'a-1',
          state: 'finished',
          outcome: 'succeeded',
          durationMs: 21_300,
          model: { model: 'a', version: 3 },
        }),
      ],
      colors,
    );
    expect(lines).toEqual([
      'run  state      started               duration  model',
      'b-2  running    2026-11-23T17:08:12Z         -  -',
      'a-1  succeeded  2026-11-23T17:08:12Z    21.3 s  a version 3',
    ]);
  });

  it('says how to start a run when there is none', () => {
    expect(renderRunList([], colors)).toEqual([
      'no runs yet (start one: receta run pipeline.yaml)',
    ]);
  });
});
