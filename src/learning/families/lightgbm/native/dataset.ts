import type { TrainingData } from '../../../process/training-data.js';
import type { Handle, LightgbmLibrary } from './lightgbm-library.js';

const float32 = 0;
const float64 = 1;

/** Rows inside LightGBM: features cut into bins, targets and weights. It copies what it is given, once. */
export class Dataset {
  readonly #library: LightgbmLibrary;
  readonly handle: Handle;
  readonly rowCount: number;

  /**
   * @param parameters in LightGBM's words
   * @param reference whose bins are used, for validation rows
   */
  constructor(
    library: LightgbmLibrary,
    data: Pick<TrainingData, 'x' | 'rowCount' | 'width'>,
    parameters: string,
    reference: Dataset | null,
  ) {
    this.#library = library;
    this.rowCount = data.rowCount;
    const out: Handle[] = [0n];
    const { x, rowCount, width } = data;
    const base = reference?.handle ?? null;
    library.call(
      'LGBM_DatasetCreateFromMat',
      x,
      float32,
      rowCount,
      width,
      1,
      parameters,
      base,
      out,
    );
    // The call succeeded, so it has written the handle.
    this.handle = out[0] as Handle;
  }

  /** @param targets one a row: the scaled target or the class index */
  setTargets(targets: Float32Array, weights: Float32Array | null): void {
    this.#setField('label', targets, float32);
    if (weights !== null) this.#setField('weight', weights, float32);
  }

  /** @param names one a feature, all different, without blanks and signs of JSON */
  setFeatureNames(names: readonly string[]): void {
    this.#library.call('LGBM_DatasetSetFeatureNames', this.handle, names, names.length);
  }

  /** @param scores raw scores that boosting goes on from, score by score: [scores][rows] */
  setInitialScores(scores: Float64Array): void {
    this.#setField('init_score', scores, float64);
  }

  free(): void {
    this.#library.call('LGBM_DatasetFree', this.handle);
  }

  #setField(name: string, data: Float32Array | Float64Array, type: number): void {
    this.#library.call('LGBM_DatasetSetField', this.handle, name, data, data.length, type);
  }
}
