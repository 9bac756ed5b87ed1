import { decodeSafetensors } from '../artifacts/safetensors.js';
import type { FoldOutcome, ModelMember } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { safetensorsMediaType } from '../contract/media-types.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { Calibration } from '../learning/calibration/calibration.js';
import { keepLargest } from '../learning/model/keep-largest.js';
import { encodeMemberTensors, toMemberPrefix } from '../learning/model/member-tensors.js';
import { createModelDocument } from '../learning/model/model-document.js';
import { parsePredictorSpec } from '../learning/model/parse-predictor-spec.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Candidate } from './read-candidates.js';

/** A model that answers as part of the final one. */
export interface ChosenMember extends ModelMember {
  readonly outcome: FoldOutcome;
}

/**
 * Lists the models that answer: of each candidate with a share those of all folds, or that of the first.
 *
 * @param weights share of each candidate, adding up to 1
 */
export function listMembers(
  candidates: readonly Candidate[],
  weights: readonly number[],
  bagging: boolean,
): readonly ChosenMember[] {
  return candidates.flatMap(({ trial, outcome }, index) => {
    const share = weights[index] ?? 0;
    const folds = bagging ? outcome.folds : outcome.folds.slice(0, 1);
    if (share === 0) return [];
    return folds.map((fold, number) => ({
      ...{ model: outcome.model, trial, fold: number, weight: share / folds.length },
      ...{ parameters: outcome.parameters, backend: fold.backend, outcome: fold },
    }));
  });
}

/** Stores the document of a model and the weights of all its members. */
export async function assembleModel(
  { artifacts }: Pick<ActivityDependencies, 'artifacts'>,
  task: Task,
  members: readonly ChosenMember[],
  calibration: Calibration | null,
): Promise<{ readonly model: ArtifactRef; readonly weights: ArtifactRef }> {
  const programs = new Map(members.map(({ outcome }) => [outcome.features.sha256, outcome]));
  const places = [...programs.keys()];
  const tensors: ReturnType<typeof decodeSafetensors>['tensors'][] = [];
  for (const { outcome } of members) {
    tensors.push(decodeSafetensors(await artifacts.getBytes(outcome.weights)).tensors);
  }
  const weights = await artifacts.putBytes(encodeMemberTensors(tensors), safetensorsMediaType);
  const document = createModelDocument({
    task,
    programs: await Promise.all(
      [...programs.values()].map(({ features }) => artifacts.getJson<unknown>(features)),
    ),
    members: members.map(({ model, weight, outcome }, number) => ({
      model,
      program: places.indexOf(outcome.features.sha256),
      weight,
      predictor: parsePredictorSpec(outcome.predictor),
      importance: outcome.importance === null ? null : keepLargest(outcome.importance),
      prefix: toMemberPrefix(number),
    })),
    calibration,
    weights,
  });
  return { model: await artifacts.putBytes(document, 'application/json'), weights };
}
