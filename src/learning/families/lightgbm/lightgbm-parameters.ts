import type { SearchSpace } from '../../../contract/search-space.js';

/** Hyperparameters, named as LightGBM names them. */
export interface LightgbmParameters {
  readonly learningRate: number;
  /** Most leaves of a tree; trees grow best leaf first. */
  readonly numLeaves: number;
  readonly minDataInLeaf: number;
  /** Share of the rows that each iteration sees. */
  readonly baggingFraction: number;
  /** Share of the features that each tree sees. */
  readonly featureFraction: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  /** Pulls the statistics of rare categories to the middle. */
  readonly catSmooth: number;
  /** L2 penalty of splits by categories. */
  readonly catL2: number;
}

/** What is accepted at all; the search space lies well inside. */
export const acceptedParameters: SearchSpace = [
  { kind: 'float', name: 'learningRate', low: 1e-6, high: 10 },
  { kind: 'int', name: 'numLeaves', low: 2, high: 131_072 },
  { kind: 'int', name: 'minDataInLeaf', low: 1, high: 1_000_000_000 },
  { kind: 'float', name: 'baggingFraction', low: 0.01, high: 1 },
  { kind: 'float', name: 'featureFraction', low: 0.01, high: 1 },
  { kind: 'float', name: 'lambdaL1', low: 0, high: 1e9 },
  { kind: 'float', name: 'lambdaL2', low: 0, high: 1e9 },
  { kind: 'float', name: 'catSmooth', low: 0, high: 1e9 },
  { kind: 'float', name: 'catL2', low: 0, high: 1e9 },
];
