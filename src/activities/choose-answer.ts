import type { TrainModelResult } from '../contract/activities.js';
import type { TrainPlan } from '../contract/pipeline-plan.js';
import type { LearningPlan } from '../contract/training-plan.js';
import { applyCalibration } from '../learning/calibration/apply-calibration.js';
import type { Calibration } from '../learning/calibration/calibration.js';
import { chooseCalibration } from '../learning/calibration/choose-calibration.js';
import { averageAnswers } from '../learning/ensemble/average-answers.js';
import { selectEnsemble } from '../learning/ensemble/select-ensemble.js';
import { type JudgedRows, judgeValue } from '../learning/process/judge.js';
import { resolveLearning } from '../learning/resolve-learning.js';

/** How the final model answers: the weighted mean of candidates, calibrated. */
export interface ChosenAnswer {
  /** Share of each candidate, in their order; 0 for those that are left out. */
  readonly weights: readonly number[];
  readonly calibration: Calibration | null;
  /** Objective on the validation rows. */
  readonly value: number;
  /** The best candidate alone. */
  readonly single: { readonly index: number; readonly value: number };
  readonly warnings: TrainModelResult['warnings'];
}

/**
 * Decides by the validation rows which candidates answer together and whether probabilities are calibrated: both only
 * where they win.
 *
 * @param candidates answers for the rows, of at least one model
 * @param outputs numbers an answer
 * @param breathe awaited between pieces of work
 */
export async function chooseAnswer(
  candidates: readonly Float32Array[],
  rows: JudgedRows,
  question: {
    readonly outputs: number;
    readonly learning: LearningPlan;
    readonly train: TrainPlan;
    readonly seed: number;
    readonly breathe: () => Promise<void>;
  },
): Promise<ChosenAnswer> {
  const { outputs, learning, train, seed, breathe } = question;
  const classCount = rows.task === 'classification' ? outputs : null;
  const { loss, objective } = resolveLearning(learning, { task: rows.task, classCount });
  const judged = loss.kind === 'quantile' ? { ...rows, alpha: loss.alpha } : rows;
  const score = (answers: Float32Array): number => judgeValue(objective, answers, judged);
  const options = train.ensemble ? { breathe } : { breathe, rounds: 1 };
  const { weights, value, single } = await selectEnsemble(candidates, score, options);
  const uncalibrated = { weights, single, value, calibration: null, warnings: [] };
  if (classCount === null || !(rows.y instanceof Int32Array)) return uncalibrated;

  const probabilities = averageAnswers(candidates, weights);
  const { calibration, logLosses, warning } = chooseCalibration(
    { probabilities, targets: rows.y, weights: rows.w, classCount },
    { plan: train.calibration, objective, classWeights: learning.classWeights, seed },
  );
  const warnings = warning === null ? [] : [warning];
  if (calibration === null) return { ...uncalibrated, warnings };
  const crossValidated = objective === 'logLoss' ? logLosses[calibration.kind] : undefined;
  return {
    ...uncalibrated,
    ...{ calibration, warnings },
    value: crossValidated ?? score(applyCalibration(calibration, probabilities, classCount)),
  };
}
