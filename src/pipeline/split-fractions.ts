import { defaultFractions } from './defaults.js';
import type { SplitFields } from './split-fields.js';

/** Expected fractions of a split; with folds, one fold of all rows beside the test part validates. */
export function toFractions({ train, validation, test, folds }: SplitFields): {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
} {
  const tested = test ?? defaultFractions.test;
  if (folds !== undefined) {
    const validated = (1 - tested) / folds;
    return { train: 1 - tested - validated, validation: validated, test: tested };
  }
  return {
    train: train ?? defaultFractions.train,
    validation: validation ?? defaultFractions.validation,
    test: tested,
  };
}
