import type { ColumnPlan, FeaturePlan } from '../../contract/feature-plan.js';
import type { FitFeaturesOptions } from '../fit-features.js';

/** A plan that leaves everything open. */
export const openPlan: FeaturePlan = { defaults: {}, columns: {}, target: { transform: 'auto' } };

/** A plan that says something of columns; everything but role and kind is an option. */
export function planOf(columns: Readonly<Record<string, Record<string, unknown>>>): FeaturePlan {
  const entries = Object.entries(columns).map(([name, { role, kind, ...options }]) => {
    const said = {
      ...(role === undefined ? {} : { role }),
      ...(kind === undefined ? {} : { kind }),
    };
    return [name, { ...said, options } as ColumnPlan] as const;
  });
  return { ...openPlan, columns: Object.fromEntries(entries) };
}

export function fitOptions(
  target: string,
  options: Partial<FitFeaturesOptions> = {},
): FitFeaturesOptions {
  return { target, task: null, plan: openPlan, derived: [], seed: 1, ...options };
}
