import { describe, expect, it } from 'vitest';
import { renderPredictions } from './render-predictions.js';

describe('renderPredictions', () => {
  it('prints labels and numbers bare', () => {
    expect(renderPredictions({ predictions: ['Gentoo', 326.5, true] })).toEqual([
      'Gentoo',
      '326.5',
      'true',
    ]);
  });

  it('adds the probabilities of the classes', () => {
    expect(
      renderPredictions({
        predictions: ['Gentoo'],
        probabilities: [{ Adelie: 0.012345, Gentoo: 0.987655 }],
      }),
    ).toEqual(['Gentoo  (Adelie 0.01235, Gentoo 0.9877)']);
  });
});
