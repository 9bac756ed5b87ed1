import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Reproduction } from '../../lineage/compare-outputs.js';
import { renderReproduction } from './render-reproduction.js';

const colors = pc.createColors(false);
const same: Reproduction = {
  original: 'run-1',
  reproduction: 'run-2',
  verdict: 'identical',
  differences: [],
  metrics: [{ name: 'rmse', original: 2, reproduction: 2 }],
};
const other = [
  { step: 'train', name: 'weights', original: 'a'.repeat(64), reproduction: 'b'.repeat(64) },
  { step: 'evaluate', name: 'golden', original: 'c'.repeat(64), reproduction: null },
] as const;

describe('renderReproduction', () => {
  it('says that everything is the same', () => {
    expect(renderReproduction(same, colors)).toEqual([
      'identical: run-2 made the same bytes as run-1 in every step',
      '',
      'metric  run-1  run-2',
      'rmse        2      2',
    ]);
  });

  it('says where bytes differ although the metrics do not', () => {
    const lines = renderReproduction(
      { ...same, verdict: 'within-tolerance', differences: other },
      colors,
    );
    expect(lines.slice(0, 5)).toEqual([
      'within tolerance: the metrics are equal, although some bytes differ, first in step train',
      '',
      'step      output   original      reproduction',
      'train     weights  aaaaaaaaaaaa  bbbbbbbbbbbb',
      'evaluate  golden   cccccccccccc  -',
    ]);
  });

  it('names the step at which the runs diverged, with both digests', () => {
    const [line] = renderReproduction({ ...same, verdict: 'diverged', differences: other }, colors);
    expect(line).toBe('diverged first at step train: weights was aaaaaaaaaaaa and is bbbbbbbbbbbb');
  });
});
