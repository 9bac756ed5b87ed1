import type { ModelName } from '../contract/model-names.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import { familyOf } from './families.js';
import type { DatasetTraits } from './family.js';

/** What `models: auto` means, the most promising first. */
const autoModels = ['lightgbm', 'realmlp', 'tabm', 'mlp', 'linear'] as const satisfies ModelName[];

/** Taken even when every network would take too long. */
const quickestNetwork: ModelName = 'mlp';

/** Longest training at default settings that `auto` starts, in seconds on one core. */
const autoSecondsLimit = 120;

/**
 * Names the models of a run. `auto` means those whose training at defaults does not take too long; at least one of them
 * is a network.
 *
 * @returns the most promising first; names that were given keep their order
 */
export function resolveModels(
  models: PipelinePlan['models'],
  traits: DatasetTraits,
): readonly ModelName[] {
  if (models !== 'auto') return models;
  const quick = autoModels.filter((name) => estimateSeconds(name, traits) <= autoSecondsLimit);
  return quick.some(isNetwork) ? quick : [...quick, quickestNetwork];
}

/** Rough seconds of one training at default settings, on one core. */
export function estimateSeconds(name: ModelName, traits: DatasetTraits): number {
  const family = familyOf(name);
  const parameters = family.defaultParameters(traits);
  return family.estimateSeconds(traits, parameters, family.defaultEpochs(traits));
}

/** Whether tfjs trains it. */
export function isNetwork(name: ModelName): boolean {
  return familyOf(name).backend('tensorflow').name === 'tensorflow';
}
