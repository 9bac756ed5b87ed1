import type { ModelName } from '../contract/model-names.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import type { DatasetTraits } from './family.js';
import { estimateSeconds, isNetwork, resolveModels } from './resolve-models.js';

/**
 * Names the models that a study tries, in the order of its first trials: the quickest first. Of `auto` there are no
 * more than trials, the most promising ones, and one of them is a network.
 *
 * @throws RecetaError `pipeline-invalid` as `resolveModels`
 */
export function planStudyModels(
  models: PipelinePlan['models'],
  traits: DatasetTraits,
  trials: number,
): readonly ModelName[] {
  const resolved = resolveModels(models, traits);
  const chosen = models === 'auto' ? limitTo(trials, resolved) : resolved;
  const seconds = new Map(chosen.map((name) => [name, estimateSeconds(name, traits)]));
  return [...chosen].sort((a, b) => (seconds.get(a) ?? 0) - (seconds.get(b) ?? 0));
}

function limitTo(count: number, models: readonly ModelName[]): readonly ModelName[] {
  const first = models.slice(0, count);
  const network = models.find(isNetwork);
  return network === undefined || first.includes(network)
    ? first
    : [...first.slice(0, -1), network];
}
