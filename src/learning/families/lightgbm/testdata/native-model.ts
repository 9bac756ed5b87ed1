import koffi from 'koffi';
import { libraryPath } from '../native/library-path.js';

const library = koffi.load(libraryPath());
const load = library.func(
  'int LGBM_BoosterLoadModelFromString(const char *text, _Out_ int *iterations, _Out_ void **out)',
);
const predict = library.func(
  'int LGBM_BoosterPredictForMat(void *booster, const void *data, int type, int32_t rows, int32_t columns, int rowMajor, int how, int start, int count, const char *parameters, _Out_ int64_t *length, void *out)',
);
const save = library.func(
  'int LGBM_BoosterSaveModelToString(void *booster, int start, int count, int importance, int64_t capacity, _Out_ int64_t *bytes, void *out)',
);

const rawScores = 1;

/** A stored model inside the native library. */
export class NativeModel {
  readonly iterations: number;
  readonly #handle: unknown;

  constructor(text: string) {
    const [iterations, out] = [[0], [null]];
    check(load(text, iterations, out));
    this.iterations = iterations[0] as number;
    this.#handle = out[0];
  }

  /** Rows x scores. */
  rawScores(x: Float32Array, width: number, scores: number): Float64Array {
    const rowCount = x.length / width;
    const out = new Float64Array(rowCount * scores);
    const settings = 'num_threads=1 verbosity=-1';
    check(predict(this.#handle, x, 0, rowCount, width, 1, rawScores, 0, -1, settings, [0], out));
    return out;
  }

  toText(): string {
    const bytes = new Uint8Array(1 << 24);
    const length: (number | bigint)[] = [0];
    check(save(this.#handle, 0, -1, 0, bytes.length, length, bytes));
    return new TextDecoder().decode(bytes.subarray(0, Number(length[0]) - 1));
  }
}

function check(code: unknown): void {
  if (code !== 0) throw new Error('a native call failed');
}
