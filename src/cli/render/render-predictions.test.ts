import { describe, expect, it } from 'vitest';
import { renderPredictions } from './render-predictions.js';

describe('renderPredictions', () => {
  it('prints labels and numbers bare', () => {
    expect(renderPredictions(['Gentoo', 326.5, true])).toEqual(['Gentoo', '326.5', 'true']);
  });

  it('adds the probabilities of the classes', () => {
    expect(
      renderPredictions([
        { label: 'Gentoo', probabilities: { Adelie: 0.012345, Gentoo: 0.987655 } },
      ]),
    ).toEqual(['Gentoo  (Adelie 0.01235, Gentoo 0.9877)']);
  });

  it('prints what it does not know as JSON', () => {
    expect(renderPredictions([{ value: 1 }])).toEqual(['{"value":1}']);
  });
});
