import type { Parameters } from '../../src/contract/run-status.js';
import type { SearchSpace } from '../../src/contract/search-space.js';

/** Something to be tuned whose optimum is known. */
export interface TuningProblem {
  readonly name: string;
  readonly space: SearchSpace;
  /** What a trial reports, lower is better; `draw` in [0, 1) decides what is random about it. */
  readonly evaluate: (parameters: Parameters, draw: number) => number;
  /** How much worse than the best parameters these are in truth. */
  readonly regretOf: (parameters: Parameters) => number;
  /** Median of the regret over the space. */
  readonly medianRegret: number;
}
