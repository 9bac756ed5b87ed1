import type { StudyQuestion } from '../contract/activities.js';
import type { DatasetTraits } from './family.js';
import { resolveLearning } from './resolve-learning.js';

/**
 * The question of a study as far as good settings depend on it.
 *
 * @throws RecetaError `pipeline-invalid` when what is to be learned does not fit the task
 */
export function toDatasetTraits(
  question: Pick<StudyQuestion, 'task' | 'classCount' | 'trainRows' | 'width' | 'learning'>,
): DatasetTraits {
  const { task, classCount, trainRows, width, learning } = question;
  return { task, classCount, trainRows, width, ...resolveLearning(learning, question) };
}
