import { RecetaError } from '../contract/errors.js';
import type { ModelName } from '../contract/model-names.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import { familyOf } from './families.js';
import type { DatasetTraits } from './family.js';

/** What `models: auto` means, the most promising first. */
const autoModels = ['lightgbm', 'realmlp', 'tabm', 'mlp', 'linear'] as const satisfies ModelName[];

/** Networks in the order in which one of them is taken when every model would take too long. */
const quickNetworks = ['mlp', 'realmlp', 'tabm'] as const satisfies ModelName[];

/** Longest training at default settings that `auto` starts, in seconds on one core. */
const autoSecondsLimit = 120;

/**
 * Names the models of a run. `auto` means those that can learn the question and whose training at defaults does not
 * take too long; at least one of them is a network.
 *
 * @returns the most promising first; names that were given keep their order
 * @throws RecetaError `pipeline-invalid` naming the models among those given that cannot learn this, and why
 */
export function resolveModels(
  models: PipelinePlan['models'],
  traits: DatasetTraits,
): readonly ModelName[] {
  if (models !== 'auto') {
    assertAble(models, traits);
    return models;
  }
  const able = autoModels.filter((name) => familyOf(name).findObstacle(traits) === null);
  const quick = able.filter((name) => estimateSeconds(name, traits) <= autoSecondsLimit);
  if (quick.some(isNetwork)) return quick;
  const network = quickNetworks.find((name) => able.includes(name));
  return network === undefined ? quick : [...quick, network];
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

function assertAble(models: readonly ModelName[], traits: DatasetTraits): void {
  const problems = models.flatMap((name, index) => {
    const obstacle = familyOf(name).findObstacle(traits);
    return obstacle === null ? [] : [{ path: `models[${index}]`, message: `${name} ${obstacle}` }];
  });
  if (problems.length === 0) return;
  const found = problems.map(({ message }) => message).join('; ');
  throw new RecetaError(
    'pipeline-invalid',
    `Choosing the models: ${found}. Leave it out of models, or change learning.loss.`,
    { problems },
  );
}
