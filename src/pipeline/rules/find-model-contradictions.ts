import type { ObjectiveName } from '../../contract/training-plan.js';
import type { PipelineFields } from '../pipeline-fields.js';
import type { Contradiction } from './contradiction.js';

const classObjectives: ReadonlySet<ObjectiveName> = new Set(['logLoss', 'accuracy', 'rocAuc']);

/** Every model has its turn, and what is learned fits the task as far as the file says it. */
export function findModelContradictions(fields: PipelineFields): readonly Contradiction[] {
  return [...findIdleModels(fields), ...findLearning(fields)];
}

function findIdleModels({ models, tune }: PipelineFields): Contradiction[] {
  if (models === 'auto' || models.length <= tune.trials) return [];
  const message = `is ${tune.trials}, and models names ${models.length}, each of which is tried at least once; wanted ${models.length} or more`;
  return [{ path: ['tune', 'trials'], message }];
}

function findLearning({ task, learning, train }: PipelineFields): Contradiction[] {
  const found: Contradiction[] = [];
  const { loss, objective, classWeights } = learning;
  const about =
    loss === undefined ? null : loss === 'cross-entropy' ? 'classification' : 'regression';
  const aim =
    objective === undefined
      ? null
      : classObjectives.has(objective)
        ? 'classification'
        : 'regression';
  const report = (path: readonly string[], value: string, wanted: string, but: string) =>
    found.push({ path, message: `is ${value}, which is for ${wanted}, and ${but}` });
  if (task !== undefined && about !== null && about !== task) {
    report(['learning', 'loss'], `${loss}`, about, `the task is ${task}`);
  }
  if (task !== undefined && aim !== null && aim !== task) {
    report(['learning', 'objective'], `${objective}`, aim, `the task is ${task}`);
  } else if (about !== null && aim !== null && about !== aim) {
    report(['learning', 'objective'], `${objective}`, aim, `the loss is ${loss}`);
  }
  if ((task ?? about ?? aim) === 'regression') {
    const but = 'numbers are predicted';
    if (classWeights === 'balanced')
      report(['learning', 'classWeights'], classWeights, 'classes', but);
    if (train.calibration === 'temperature' || train.calibration === 'isotonic')
      report(['train', 'calibration'], train.calibration, 'probabilities', but);
  }
  return found;
}
