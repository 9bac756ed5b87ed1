import type { Dataset } from './dataset.js';
import type { Handle, LightgbmLibrary } from './lightgbm-library.js';

/** Parts of the data by LightGBM's numbers. */
export const parts = { train: 0, validation: 1 } as const;

export type PartNumber = (typeof parts)[keyof typeof parts];

/** A boosting in LightGBM over train and validation rows. */
export class Booster {
  readonly #library: LightgbmLibrary;
  readonly #handle: Handle;
  readonly #sizes: readonly [number, number];
  readonly #scores: number;
  readonly #measures: Float64Array;

  /**
   * @param parameters in LightGBM's words
   * @param shape raw scores a row, and number of metrics named in the parameters
   */
  constructor(
    library: LightgbmLibrary,
    data: { readonly train: Dataset; readonly validation: Dataset },
    parameters: string,
    shape: { readonly scores: number; readonly metrics: number },
  ) {
    this.#library = library;
    this.#sizes = [data.train.rowCount, data.validation.rowCount];
    this.#scores = shape.scores;
    this.#measures = new Float64Array(shape.metrics);
    const out: Handle[] = [0n];
    library.call('LGBM_BoosterCreate', data.train.handle, parameters, out);
    // The call succeeded, so it has written the handle.
    this.#handle = out[0] as Handle;
    library.call('LGBM_BoosterAddValidData', this.#handle, data.validation.handle);
  }

  /**
   * Grows the trees of one iteration.
   *
   * @returns whether there was nothing left to split, so that no trees were added, or trees without a split
   */
  update(): boolean {
    const finished = [0];
    this.#library.call('LGBM_BoosterUpdateOneIter', this.#handle, finished);
    return finished[0] !== 0;
  }

  /** Metrics in the order of the parameters; the array is used again by the next call. */
  evaluate(part: PartNumber): Float64Array {
    this.#library.call('LGBM_BoosterGetEval', this.#handle, part, [0], this.#measures);
    return this.#measures;
  }

  /**
   * Reads what it answers after the last iteration: the raw scores, or, as long as the objective is there, what that
   * makes of them.
   *
   * @param out gets scores x rows
   */
  readAnswers(part: PartNumber, out: Float64Array): void {
    this.#library.call('LGBM_BoosterGetPredict', this.#handle, part, [0], out);
  }

  /**
   * Ends the boosting and reads the raw scores of both parts, each scores x rows. Without an objective LightGBM shows
   * the scores as they are.
   */
  finishScores(): { readonly train: Float64Array; readonly validation: Float64Array } {
    this.#library.call('LGBM_BoosterResetParameter', this.#handle, 'objective=custom verbosity=-1');
    const [train, validation] = this.#sizes.map(
      (rows) => new Float64Array(rows * this.#scores),
    ) as [Float64Array, Float64Array];
    this.readAnswers(parts.train, train);
    this.readAnswers(parts.validation, validation);
    return { train, validation };
  }

  /** The model in LightGBM's text format. */
  toText(): string {
    let buffer = new Uint8Array(1 << 20);
    for (;;) {
      const bytes: (bigint | number)[] = [0];
      const args = [0, -1, 0, buffer.length, bytes, buffer] as const;
      this.#library.call('LGBM_BoosterSaveModelToString', this.#handle, ...args);
      // The size counts the zero at the end.
      const size = Number(bytes[0]);
      if (size <= buffer.length) return new TextDecoder().decode(buffer.subarray(0, size - 1));
      buffer = new Uint8Array(size);
    }
  }

  free(): void {
    this.#library.call('LGBM_BoosterFree', this.#handle);
  }
}
