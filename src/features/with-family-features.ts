import type { FeaturePlan } from '../contract/feature-plan.js';
import { featureKinds } from './plan/option-rules.js';

/**
 * The plan for a model family: what the pipeline file says of columns and kinds stays as it is, and what it leaves open
 * is as the family wants it.
 *
 * @param defaults the family's own
 */
export function withFamilyFeatures(
  plan: FeaturePlan,
  defaults: FeaturePlan['defaults'],
): FeaturePlan {
  const kinds = featureKinds.filter((kind) => kind in plan.defaults || kind in defaults);
  const merged = kinds.map(
    (kind) => [kind, { ...defaults[kind], ...plan.defaults[kind] }] as const,
  );
  return { ...plan, defaults: Object.fromEntries(merged) as FeaturePlan['defaults'] };
}
