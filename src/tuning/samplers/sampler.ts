import type { Parameters } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';

/** An earlier trial as samplers see it. */
export interface ObservedTrial {
  readonly number: number;
  /** Pruned trials ended early; running ones may have reported nothing yet. */
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  readonly parameters: Parameters;
  /** Objective, lower is better; `null` unless complete. */
  readonly value: number | null;
  /** Of a pruned trial: the last step it reported, and the objective there. */
  readonly reached: { readonly step: number; readonly value: number } | null;
}

export interface SamplerQuestion {
  /** One range a parameter; none depends on another. */
  readonly space: SearchSpace;
  /** In the order of their numbers; the trial that is asked for is not among them. */
  readonly trials: readonly ObservedTrial[];
  /** Of the study; together with `number` the only source of randomness. */
  readonly seed: number;
  /** Of the trial that is asked for. */
  readonly number: number;
}

/** Chooses the parameters of one trial; pure. */
export type Sampler = (question: SamplerQuestion) => Parameters;
