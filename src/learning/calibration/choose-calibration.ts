import type { CalibrationPlan, LearningPlan, ObjectiveName } from '../../contract/training-plan.js';
import { type CalibratedRows, takeRows } from './calibrated-rows.js';
import type { Calibration } from './calibration.js';
import { crossValidateLosses } from './cross-validate-losses.js';
import { fitIsotonic } from './fit-isotonic.js';
import { fitTemperature } from './fit-temperature.js';

export interface CalibrationQuestion extends Pick<LearningPlan, 'classWeights'> {
  readonly plan: CalibrationPlan;
  readonly objective: ObjectiveName;
  readonly seed: number;
}

export interface CalibrationChoice {
  /** `null`: probabilities stay as they are. */
  readonly calibration: Calibration | null;
  /** Log loss on rows that a calibration was not fitted on; of `none` and all that was compared. */
  readonly logLosses: Readonly<Partial<Record<'none' | Calibration['kind'], number>>>;
  /** Why something else was done than the plan says. */
  readonly warning: string | null;
}

type Fit = (rows: CalibratedRows) => Calibration;

const fits: Readonly<Record<Calibration['kind'], Fit>> = {
  temperature: fitTemperature,
  isotonic: fitIsotonic,
};

/** Fewer rows than these are followed too closely by a curve. */
const fewestRowsOfCurve = 1_000;
const fewestRows = 50;
const mostProbabilities = 1e6;

/**
 * Decides whether probabilities are calibrated and how. What the plan names is fitted. Of `auto` the kind with the
 * lowest cross-validated log loss is taken, if it is lower than without by more than its standard error; a curve
 * (isotonic) is only tried where probabilities are what the models are judged by, because it may tie or reorder rows, and
 * not with balanced classes, whose shift it would take back.
 */
export function chooseCalibration(
  rows: CalibratedRows,
  question: CalibrationQuestion,
): CalibrationChoice {
  const { plan, seed } = question;
  if (plan === 'none') return { calibration: null, logLosses: {}, warning: null };
  if (plan === 'isotonic' && rows.classCount !== 2) {
    const warning = `Isotonic calibration is for two classes and the target has ${rows.classCount}, so probabilities were left as they are. Take train.calibration: temperature.`;
    return { calibration: null, logLosses: {}, warning };
  }
  const counted = thinOut(leaveOutIdle(rows));
  if (plan === 'auto') return chooseBest(counted, listKinds(counted, question), seed);
  return { calibration: fits[plan](counted), logLosses: {}, warning: null };
}

/** Keeps every n-th row where there are many: more would take seconds and move a temperature in its fourth digit. */
function thinOut(rows: CalibratedRows): CalibratedRows {
  const { probabilities, targets } = rows;
  const every = Math.ceil(probabilities.length / mostProbabilities);
  if (every <= 1) return rows;
  const count = Math.ceil(targets.length / every);
  return takeRows(
    rows,
    Uint32Array.from({ length: count }, (_, index) => index * every),
  );
}

/** Rows of weight 0 say nothing, and must not fill a fold. */
function leaveOutIdle(rows: CalibratedRows): CalibratedRows {
  const { targets, weights } = rows;
  if (weights === null || !weights.includes(0)) return rows;
  const positions = Uint32Array.from(targets, (_, row) => row);
  return takeRows(
    rows,
    positions.filter((row) => weights[row] !== 0),
  );
}

function listKinds(
  { targets, classCount }: CalibratedRows,
  { objective, classWeights }: CalibrationQuestion,
): Calibration['kind'][] {
  if (targets.length < fewestRows) return [];
  const isCurveFit =
    classCount === 2 &&
    objective === 'logLoss' &&
    classWeights === 'none' &&
    targets.length >= fewestRowsOfCurve;
  return isCurveFit ? ['temperature', 'isotonic'] : ['temperature'];
}

function chooseBest(
  rows: CalibratedRows,
  kinds: readonly Calibration['kind'][],
  seed: number,
): CalibrationChoice {
  const compared = kinds.map((kind) => ({ kind, ...crossValidateLosses(rows, fits[kind], seed) }));
  const logLosses = Object.fromEntries([
    ...compared.slice(0, 1).map(({ before }) => ['none', before] as const),
    ...compared.map(({ kind, after }) => [kind, after] as const),
  ]);
  const best = compared
    .filter(({ before, after, standardError }) => before - after > standardError)
    .reduce<(typeof compared)[number] | null>(
      (lowest, one) => (lowest === null || one.after < lowest.after ? one : lowest),
      null,
    );
  return { calibration: best && fits[best.kind](rows), logLosses, warning: null };
}
