import { readFile } from 'node:fs/promises';
import { decodeSafetensors } from '../artifacts/safetensors.js';
import { toSha256 } from '../artifacts/sha256.js';
import { RecetaError } from '../contract/errors.js';

/** Feature matrix and targets of one part, as the trainer needs them. */
export interface TrainingData {
  readonly rowCount: number;
  readonly width: number;
  /** rowCount x width, row-major. */
  readonly x: Float32Array;
  /** rowCount x outputs, row-major: the scaled target, or one-hot classes. */
  readonly y: Float32Array;
  readonly sha256: string;
}

/**
 * Reads a part from its safetensors file (`x` F32 [rows, features]; `y` F32 [rows], or I32 [rows] with classes).
 *
 * @param classCount `null` for regression
 * @throws RecetaError `dataset-invalid` when it has no rows or features, `artifact-corrupt` when it is not of that form
 */
export async function readTrainingData(
  path: string,
  classCount: number | null,
): Promise<TrainingData> {
  const bytes = await readFile(path);
  const { x, y } = decodeSafetensors(bytes).tensors;
  const [rowCount = 0, width = 0] = x?.shape ?? [];
  if (!(x?.data instanceof Float32Array) || x.shape.length !== 2) {
    throw corrupt(path, 'x is not an F32 matrix');
  }
  if (y?.shape.length !== 1 || y.shape[0] !== rowCount) {
    throw corrupt(path, `y is not a vector of ${rowCount} targets`);
  }
  if (rowCount === 0 || width === 0) {
    throw new RecetaError(
      'dataset-invalid',
      `Reading ${path}: it has ${rowCount} rows of ${width} features, and a training needs at least one of each. ` +
        'Give the pipeline more rows or columns.',
    );
  }
  const targets = classCount === null ? y.data : toOneHot(path, y.data, classCount);
  if (!(targets instanceof Float32Array)) throw corrupt(path, `y is ${y.dtype} and not F32`);
  return { rowCount, width, x: x.data, y: targets, sha256: toSha256(bytes) };
}

function toOneHot(path: string, classes: ArrayLike<number>, classCount: number): Float32Array {
  if (!(classes instanceof Int32Array)) throw corrupt(path, 'y is not I32');
  const rows = new Float32Array(classes.length * classCount);
  for (const [row, index] of classes.entries()) {
    if (index < 0 || index >= classCount) {
      throw corrupt(path, `y holds class ${index} of ${classCount}`);
    }
    rows[row * classCount + index] = 1;
  }
  return rows;
}

function corrupt(path: string, found: string): RecetaError {
  return new RecetaError(
    'artifact-corrupt',
    `Reading ${path}: ${found}. The prepared data is damaged; run the pipeline again.`,
  );
}
