import { setImmediate as nextTurn } from 'node:timers/promises';
import { RecetaError } from '../contract/errors.js';
import { applyFeatures } from '../features/apply-features.js';
import type { ColumnTable, RawRow } from '../features/column-table.js';
import { decodeRegression } from '../features/decode-regression.js';
import type {
  ClassificationTarget,
  FeatureProgram,
  TargetEncoding,
} from '../features/feature-program.js';
import { type Label, toLabel } from '../features/labels.js';
import type { RowInputs } from '../features/merge-inputs.js';
import { applyCalibration } from '../learning/calibration/apply-calibration.js';
import { averageAnswers } from '../learning/ensemble/average-answers.js';
import {
  createModel,
  type LoadedMember,
  type LoadedModel,
} from '../learning/model/create-model.js';
import { parseModelDocument } from '../learning/model/model-document.js';
import { collectFeatures } from './collect-features.js';
import type { PredictionBatch, PredictOptions } from './prediction.js';
import type { RowDeriver } from './row-deriver.js';

/** Rows that members compute before other work of the process gets a turn. */
const rowsPerTurn = 128;

/** Answers raw rows with a trained model: feature programs, members and decoding of the answer, in plain TypeScript. */
export class Predictor {
  readonly #model: LoadedModel;
  readonly #deriver: RowDeriver | null;

  constructor(model: LoadedModel, deriver: RowDeriver | null) {
    this.#model = model;
    this.#deriver = deriver;
  }

  /** What is answered; that of the first program. */
  get target(): TargetEncoding {
    return this.#model.inputs.target;
  }

  /** What a row must and may hold. */
  get inputs(): RowInputs {
    return this.#model.inputs;
  }

  /** Rough multiplications that one answer takes. */
  get rowCost(): number {
    return this.#model.rowCost;
  }

  /** The program that decodes answers. */
  get program(): FeatureProgram {
    // A model has at least one.
    return this.#model.programs[0] as FeatureProgram;
  }

  /**
   * @throws RecetaError `prediction-input-invalid` with the problems of all rows, or when probabilities are asked of
   *   a regression; `model-invalid` when the model answers no number; as `RowDeriver.derive` for a model with derived
   *   columns
   */
  async predict(rows: readonly RawRow[], options: PredictOptions = {}): Promise<PredictionBatch> {
    const { target, program } = this;
    const wantsProbabilities = options.probabilities === true;
    if (wantsProbabilities && target.task === 'regression') {
      throw new RecetaError(
        'prediction-input-invalid',
        `Predicting: probabilities were asked for, but ${target.name} is a number and has none.`,
      );
    }
    const path = options.path ?? 'instances';
    const features = await collectFeatures(this.#model, rows, path, this.#deriver);
    const answers = await this.#answer(features);
    if (target.task === 'regression') {
      const predictions = Array.from(answers, (scaled) => decodeRegression(program, scaled));
      return { predictions, probabilities: null };
    }
    return decodeClasses(target, answers, wantsProbabilities);
  }

  /**
   * Answers of the model for a table that holds the derived columns, not decoded.
   *
   * @returns rows x outputs, row-major: class probabilities, or the target as the first program scales it
   * @throws RecetaError as `applyFeatures`
   */
  answerTable(table: ColumnTable): Promise<Float32Array> {
    return this.#answer(this.#model.programs.map((program) => applyFeatures(program, table)));
  }

  /** @param features of each program, rows x width */
  async #answer(features: readonly Float32Array[]): Promise<Float32Array> {
    const { members, calibration, outputs } = this.#model;
    const answers: Float32Array[] = [];
    const breathe = createBreath();
    for (const member of members) {
      // There are features for each program.
      answers.push(await answerMember(member, features[member.program] as Float32Array, breathe));
    }
    const weights = members.map(({ weight }) => weight);
    return applyCalibration(calibration, averageAnswers(answers, weights), outputs);
  }
}

async function answerMember(
  { predictor, convert }: LoadedMember,
  x: Float32Array,
  breathe: (rows: number) => Promise<void>,
): Promise<Float32Array> {
  const { inputWidth, outputs } = predictor;
  const rowCount = x.length / inputWidth;
  const answers = new Float32Array(rowCount * outputs);
  for (let start = 0; start < rowCount; start += rowsPerTurn) {
    const end = Math.min(start + rowsPerTurn, rowCount);
    await breathe(end - start);
    answers.set(
      predictor.answer(x.subarray(start * inputWidth, end * inputWidth)),
      start * outputs,
    );
  }
  return convert === null ? answers : convert(answers);
}

/** Lets the event loop turn before more rows are computed than a turn may have. */
function createBreath(): (rows: number) => Promise<void> {
  let computed = 0;
  return async (rows) => {
    computed += rows;
    if (computed <= rowsPerTurn) return;
    await nextTurn();
    computed = rows;
  };
}

/**
 * @param documentBytes and
 * @param weightsBytes as stored by the train step
 * @param options with `deriver`, which models with derived columns need
 * @throws RecetaError `model-invalid` when they do not fit together
 */
export function createPredictor(
  documentBytes: Uint8Array,
  weightsBytes: Uint8Array,
  options: { readonly deriver?: RowDeriver } = {},
): Predictor {
  const model = createModel(parseModelDocument(documentBytes), weightsBytes);
  return new Predictor(model, options.deriver ?? null);
}

function decodeClasses(
  target: ClassificationTarget,
  answers: Float32Array,
  wantsProbabilities: boolean,
): PredictionBatch {
  const predictions: Label[] = [];
  const probabilities: Record<string, number>[] = [];
  const width = target.classes.length;
  for (let start = 0; start < answers.length; start += width) {
    const row = answers.subarray(start, start + width);
    predictions.push(toLabel(target, indexOfHighest(row)));
    if (wantsProbabilities) {
      // fromEntries and not assignment: a class may bear any name, `__proto__` too.
      const pairs = target.classes.map((name, index) => [name, row[index] ?? 0] as const);
      probabilities.push(Object.fromEntries(pairs));
    }
  }
  return { predictions, probabilities: wantsProbabilities ? probabilities : null };
}

function indexOfHighest(values: Float32Array): number {
  if (values.some(Number.isNaN)) {
    throw new RecetaError(
      'model-invalid',
      'Predicting: the model answers no number. The stored model is damaged; train it again.',
    );
  }
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}
