import type { SearchSpace } from '../../../contract/search-space.js';

/** What a study tries (ranges after TabArena's, arXiv:2506.16791, without the slowest learning rates). */
export const lightgbmSearchSpace: SearchSpace = [
  { kind: 'float', name: 'learningRate', low: 0.02, high: 0.1, log: true },
  { kind: 'int', name: 'numLeaves', low: 4, high: 200, log: true },
  { kind: 'int', name: 'minDataInLeaf', low: 1, high: 64, log: true },
  { kind: 'float', name: 'baggingFraction', low: 0.6, high: 1 },
  { kind: 'float', name: 'featureFraction', low: 0.4, high: 1 },
  { kind: 'float', name: 'lambdaL1', low: 0, high: 1 },
  { kind: 'float', name: 'lambdaL2', low: 0, high: 2 },
  { kind: 'float', name: 'catSmooth', low: 0.1, high: 100, log: true },
  { kind: 'float', name: 'catL2', low: 0.1, high: 20, log: true },
];
