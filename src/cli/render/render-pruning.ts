import type { DescribedTrial } from '../../contract/run-description.js';

/**
 * Where and why a trial was pruned, e.g. `pruned at step 12: worse than the median`.
 *
 * @param took e.g. ` in 2.0 s`
 */
export function renderPruning(
  { reached, reason }: Pick<DescribedTrial, 'reached' | 'reason'>,
  took = '',
): string {
  const place = reached === null ? '' : ` at step ${reached.step}`;
  return `pruned${took}${place}: ${reason ?? 'no reason given'}`;
}
