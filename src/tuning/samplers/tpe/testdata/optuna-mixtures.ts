import { readFileSync } from 'node:fs';
import type { Parameters } from '../../../../contract/run-status.js';
import type { SearchSpace } from '../../../../contract/search-space.js';
import type { ObservedTrial } from '../../sampler.js';

/** One of the two mixtures that Optuna fits to a list of trials. */
interface OptunaMixture {
  /** Of the trials it is fitted to. */
  readonly numbers: readonly number[];
  readonly weights: readonly number[];
  readonly kernels?: Readonly<
    Record<
      string,
      {
        readonly means?: readonly number[];
        readonly deviations?: readonly number[];
        readonly probabilities?: readonly (readonly number[])[];
      }
    >
  >;
  /** At the points of the file. */
  readonly logDensities: readonly number[];
}

interface OptunaMixtures {
  /** How the numbers were made. */
  readonly about: string;
  readonly space: SearchSpace;
  readonly points: readonly Parameters[];
  readonly cases: readonly {
    readonly name: string;
    readonly trials: readonly ObservedTrial[];
    readonly below: OptunaMixture;
    readonly above: OptunaMixture;
  }[];
}

/** What Optuna 5 makes of some lists of trials. */
export function readOptunaMixtures(): OptunaMixtures {
  return JSON.parse(readFileSync(new URL('optuna-mixtures.json', import.meta.url), 'utf8'));
}
