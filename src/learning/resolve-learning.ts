import { RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { LearningPlan, LossPlan, ObjectiveName } from '../contract/training-plan.js';

/** What every training of a run makes small, and what decides between its results. */
export interface ResolvedLearning {
  readonly loss: LossPlan;
  readonly objective: ObjectiveName;
}

/**
 * Decides what the pipeline file leaves open, once task and classes are known.
 *
 * @param classCount `null` for regression
 * @throws RecetaError `pipeline-invalid` when loss or objective do not fit the task or the number of classes
 */
export function resolveLearning(
  { loss, objective }: Pick<LearningPlan, 'loss' | 'objective'>,
  { task, classCount }: { readonly task: Task; readonly classCount: number | null },
): ResolvedLearning {
  const fallback: LossPlan =
    task === 'classification' ? { kind: 'cross-entropy' } : { kind: 'squared' };
  const resolved = loss ?? fallback;
  const aim = objective ?? objectiveOf(resolved);
  if ((resolved.kind === 'cross-entropy') !== (task === 'classification')) {
    throw unfit('loss', resolved.kind, `the task turned out to be ${task}`);
  }
  if (!objectivesOf(task, resolved).includes(aim)) {
    throw unfit('objective', aim, `the task is ${task} with the loss ${resolved.kind}`);
  }
  if (aim === 'rocAuc' && classCount !== 2) {
    throw unfit('objective', aim, `it is for two classes and there are ${classCount}`);
  }
  return { loss: resolved, objective: aim };
}

function objectiveOf({ kind }: LossPlan): ObjectiveName {
  switch (kind) {
    case 'squared':
      return 'rmse';
    case 'absolute':
    case 'huber':
      return 'mae';
    case 'quantile':
      return 'pinball';
    case 'cross-entropy':
      return 'logLoss';
  }
}

function objectivesOf(task: Task, { kind }: LossPlan): readonly ObjectiveName[] {
  if (task === 'classification') return ['logLoss', 'accuracy', 'rocAuc'];
  return kind === 'quantile' ? ['rmse', 'mae', 'pinball'] : ['rmse', 'mae'];
}

function unfit(key: 'loss' | 'objective', value: string, but: string): RecetaError {
  const message = `learning.${key} is ${value}, but ${but}; leave it out or set another one`;
  return new RecetaError('pipeline-invalid', `Reading what is to be learned: ${message}.`, {
    problems: [{ path: `learning.${key}`, message }],
  });
}
