import { z } from 'zod';
import { defaultPrunerPlans, type PrunerPlan } from '../contract/pruner-plan.js';
import { fraction, wholeNumber } from './fields.js';

const kinds = ['none', 'asha', 'median', 'wilcoxon'] as const satisfies PrunerPlan['kind'][];
const wantedKind = kinds.join(', ');
const wanted = `${wantedKind}, or a section with kind`;
const kind = z.enum(kinds, { error: wantedKind });
const step = wholeNumber(1, 1_000_000);

/** Name of a pruner, or a section with its settings. */
export const prunerSchema = z.union(
  [
    kind,
    z
      .strictObject(
        {
          kind: kind.describe('Which one'),
          minResource: step
            .exactOptional()
            .describe(
              'asha: epochs (of lightgbm: trees) to the lowest rung; unset: what suits the model',
            ),
          reductionFactor: wholeNumber(2, 100)
            .exactOptional()
            .describe('asha: one in so many trials goes on at each rung; unset: 4'),
          minEarlyStoppingRate: wholeNumber(0, 10)
            .exactOptional()
            .describe('asha: rungs that are left out at the lower end; unset: 0'),
          bootstrapCount: wholeNumber(0, 1_000)
            .exactOptional()
            .describe('asha: trials that end at a rung before the first may go on; unset: 0'),
          startupTrials: wholeNumber(1, 1_000)
            .exactOptional()
            .describe('median: complete trials before the first is pruned; unset: 5'),
          warmUpSteps: step
            .exactOptional()
            .describe(
              'median: epochs before which no trial is pruned; unset: what suits the model',
            ),
          pThreshold: fraction
            .exactOptional()
            .describe('wilcoxon: level of significance; unset: 0.1'),
          startupSteps: wholeNumber(2, 100)
            .exactOptional()
            .describe('wilcoxon: folds before a trial can be pruned; unset: 2'),
        },
        { error: wanted },
      )
      .superRefine(({ kind, ...settings }, context) => {
        for (const name of Object.keys(settings)) {
          if (name in defaultPrunerPlans[kind]) continue;
          context.addIssue({ code: 'custom', path: [name], message: `is no setting of ${kind}` });
        }
      }),
  ],
  { error: wanted },
);

/** A pruner with all its settings. */
export function toPrunerPlan(pruner: z.output<typeof prunerSchema>): PrunerPlan {
  if (typeof pruner === 'string') return defaultPrunerPlans[pruner];
  // The schema has seen to it that the settings are those of the kind.
  return { ...defaultPrunerPlans[pruner.kind], ...pruner } as PrunerPlan;
}
