import { setImmediate as nextTurn } from 'node:timers/promises';
import { toSha256 } from '../artifacts/sha256.js';
import { RecetaError } from '../contract/errors.js';
import type { RawRow } from '../features/column-table.js';
import { decodeRegression } from '../features/decode-regression.js';
import type { ClassificationTarget, FeatureProgram } from '../features/feature-program.js';
import { type Label, toLabel } from '../features/labels.js';
import { parseFeatureProgram } from '../features/parse-feature-program.js';
import { type ModelDocument, parseModelDocument } from '../learning/model-document.js';
import { outputWidth } from '../learning/network.js';
import { decodeNetworkWeights, type NetworkWeights } from '../learning/network-weights.js';
import { predictBatch } from '../learning/predict-network.js';
import { collectFeatures } from './collect-features.js';
import type { PredictionBatch, PredictOptions } from './prediction.js';
import type { RowDeriver } from './row-deriver.js';

/** Rows computed before other work of the process gets a turn. */
const rowsPerTurn = 256;

/** Answers raw rows with a trained model: feature program, network and decoding of the answer, in plain TypeScript. */
export class Predictor {
  readonly program: FeatureProgram;

  constructor(
    private readonly document: ModelDocument,
    private readonly weights: NetworkWeights,
    private readonly deriver: RowDeriver | null,
  ) {
    this.program = readProgram(document);
  }

  /**
   * @throws RecetaError `prediction-input-invalid` with the problems of all rows, or when probabilities are asked of
   *   a regression; `model-invalid` when the model answers no number; as `RowDeriver.derive` for a model with derived
   *   columns
   */
  async predict(rows: readonly RawRow[], options: PredictOptions = {}): Promise<PredictionBatch> {
    const { target } = this.program;
    const wantsProbabilities = options.probabilities === true;
    if (wantsProbabilities && target.task === 'regression') {
      throw new RecetaError(
        'prediction-input-invalid',
        `Predicting: probabilities were asked for, but ${target.name} is a number and has none.`,
      );
    }
    const path = options.path ?? 'instances';
    const x = await collectFeatures(this.program, rows, path, this.deriver);
    const answers = await this.answer(x);
    if (target.task === 'regression') {
      const predictions = Array.from(answers, (scaled) => decodeRegression(this.program, scaled));
      return { predictions, probabilities: null };
    }
    return decodeClasses(target, answers, wantsProbabilities);
  }

  /**
   * Answers of the network, not decoded.
   *
   * @param x rows x program.width, row-major
   * @returns rows x outputs, row-major: class probabilities, or the scaled target
   */
  async answer(x: Float32Array): Promise<Float32Array> {
    const { program, document, weights } = this;
    const rowCount = x.length / program.width;
    const width = outputWidth(document.network);
    const answers = new Float32Array(rowCount * width);
    for (let start = 0; start < rowCount; start += rowsPerTurn) {
      if (start > 0) await nextTurn();
      const end = Math.min(start + rowsPerTurn, rowCount);
      const part = x.subarray(start * program.width, end * program.width);
      answers.set(predictBatch(document, weights, part), start * width);
    }
    return answers;
  }
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
  const document = parseModelDocument(documentBytes);
  const found = toSha256(weightsBytes);
  if (found !== document.weights.sha256) {
    throw invalid(`its document names the weights ${document.weights.sha256}, found were ${found}`);
  }
  const weights = decodeNetworkWeights(document.network, weightsBytes);
  return new Predictor(document, weights, options.deriver ?? null);
}

function readProgram({ features, network }: ModelDocument): FeatureProgram {
  const program = parseFeatureProgram(features);
  if (program.width !== network.inputWidth) {
    throw invalid(
      `its features are ${program.width} wide, its network takes ${network.inputWidth}`,
    );
  }
  const { target } = program;
  const outputs = target.task === 'regression' ? 1 : target.classes.length;
  if (outputs !== outputWidth(network)) {
    throw invalid(`its network answers ${outputWidth(network)} numbers a row and not ${outputs}`);
  }
  return program;
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
  if (values.some(Number.isNaN)) throw invalid('it answers no number');
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}

function invalid(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Using a model: ${found}. The stored model is damaged or of another version; train it again.`,
  );
}
