import { RecetaError } from '../contract/errors.js';
import type { RawRow } from '../features/column-table.js';
import type { PredictionBatch } from './prediction.js';
import type { Predictor } from './predictor.js';

/** Raw rows, as a request holds them (without derived columns), with the answers that a model gave when it was evaluated; stored as JSON beside the model. */
export interface GoldenRows extends PredictionBatch {
  readonly format: typeof goldenFormat;
  readonly rows: readonly RawRow[];
}

const goldenFormat = 'receta-golden/1';

const relativeTolerance = 1e-4;
/** Differences of tiny probabilities are measured against this. */
const smallestScale = 1e-3;

/**
 * Answers rows for later comparison.
 *
 * @throws RecetaError as `Predictor.predict`
 */
export async function createGolden(
  predictor: Predictor,
  rows: readonly RawRow[],
): Promise<GoldenRows> {
  const probabilities = predictor.target.task === 'classification';
  const answers = await predictor.predict(rows, { probabilities, path: 'rows' });
  return { format: goldenFormat, rows, ...answers };
}

/**
 * Answers golden rows again, so that a model that was damaged, or is read in another way than when it was
 * evaluated, never serves.
 *
 * @throws RecetaError `model-invalid` when an answer differs by more than 1e-4 of its size, or a label differs
 */
export async function replayGolden(predictor: Predictor, golden: GoldenRows): Promise<void> {
  if (golden.format !== goldenFormat || !Array.isArray(golden.rows)) {
    throw new RecetaError(
      'model-invalid',
      'Replaying golden rows: they are not in a known format.',
    );
  }
  const now = await createGolden(predictor, golden.rows);
  const row = golden.rows.findIndex((_, index) => !isSameAnswer(golden, now, index));
  if (row < 0) return;
  throw new RecetaError(
    'model-invalid',
    `Replaying golden rows: row ${row} is now answered ${show(now, row)} and was ${show(golden, row)} when the ` +
      'model was evaluated. The model must not serve; train it again.',
  );
}

function isSameAnswer(expected: PredictionBatch, found: PredictionBatch, row: number): boolean {
  const [a, b] = [expected.predictions[row], found.predictions[row]];
  if (expected.probabilities === null || found.probabilities === null) {
    return typeof a === 'number' && typeof b === 'number' && isClose(a, b);
  }
  const before = expected.probabilities[row] ?? {};
  const after = found.probabilities[row] ?? {};
  const names = Object.keys(after);
  const sameClasses = names.length === Object.keys(before).length;
  // Two classes that are all but equal may change places: their probabilities decide.
  return (
    sameClasses && names.every((name) => isClose(before[name] ?? Number.NaN, after[name] ?? 0))
  );
}

function isClose(expected: number, found: number): boolean {
  const scale = Math.max(Math.abs(expected), Math.abs(found), smallestScale);
  return Math.abs(expected - found) <= relativeTolerance * scale;
}

function show(answers: PredictionBatch, row: number): string {
  return JSON.stringify(answers.probabilities?.[row] ?? answers.predictions[row]);
}
