import type { PrunerPlan } from '../../contract/pruner-plan.js';
import { createAshaPruner } from './asha-pruner.js';
import { createMedianPruner } from './median-pruner.js';
import type { Pruner } from './pruner.js';
import { goOn } from './pruning-decisions.js';
import { createWilcoxonPruner } from './wilcoxon-pruner.js';

const noPruner: Pruner = () => goOn;

/**
 * The pruner of a plan, for the trials of one model.
 *
 * @param firstStep see `firstPrunableStep`; counts where the plan names no step. With `null` nothing is pruned by steps
 *   of training; folds are compared all the same
 */
export function createPruner(plan: PrunerPlan, firstStep: number | null): Pruner {
  switch (plan.kind) {
    case 'none':
      return noPruner;
    case 'asha':
      return firstStep === null
        ? noPruner
        : createAshaPruner({ ...plan, minResource: plan.minResource ?? firstStep });
    case 'median':
      return firstStep === null
        ? noPruner
        : createMedianPruner({ ...plan, warmUpSteps: plan.warmUpSteps ?? firstStep });
    case 'wilcoxon':
      return createWilcoxonPruner(plan);
  }
}
