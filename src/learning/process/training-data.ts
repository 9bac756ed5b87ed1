import { readFile } from 'node:fs/promises';
import { decodeSafetensors, type Tensor } from '../../artifacts/safetensors.js';
import { toSha256 } from '../../artifacts/sha256.js';
import { RecetaError } from '../../contract/errors.js';
import { balanceWeights } from './balance-weights.js';

/** Feature matrix and targets of one part, as trainers need them. */
export interface TrainingData {
  readonly rowCount: number;
  readonly width: number;
  /** rowCount x width, row-major. */
  readonly x: Float32Array;
  /** rowCount x outputs, row-major: the scaled target, or one-hot classes. */
  readonly y: Float32Array;
  /** Class index of each row; `null` for regression. */
  readonly classes: Int32Array | null;
  /** How much each row counts, 1 on average; `null`: all the same. */
  readonly w: Float32Array | null;
  /** Of the file. */
  readonly sha256: string;
}

/** What is known of a part before it is read. */
export interface ExpectedData {
  /** `null` for regression. */
  readonly classCount: number | null;
  /** `balanced`: a row's weight is divided by the share of its class. */
  readonly classWeights: 'none' | 'balanced';
}

/**
 * Reads a part from its safetensors file (`x` F32 [rows, features]; `y` F32 [rows], or I32 [rows] with classes; `w`
 * F32 [rows] where rows have weights, in any unit).
 *
 * @throws RecetaError `dataset-invalid` when it has no rows, features or positive weights, `artifact-corrupt` when
 *   it is not of that form
 */
export async function readTrainingData(
  path: string,
  { classCount, classWeights }: ExpectedData,
): Promise<TrainingData> {
  const bytes = await readFile(path);
  const { x, y, w } = decodeSafetensors(bytes).tensors;
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
  const targets = readTargets(path, y, classCount);
  const given = w === undefined ? null : toMeanOne(path, w, rowCount);
  const { classes } = targets;
  const balanced = classWeights === 'balanced' && classes !== null && classCount !== null;
  const weights = balanced ? balanceWeights(classes, classCount, given) : given;
  return { rowCount, width, x: x.data, ...targets, w: weights, sha256: toSha256(bytes) };
}

function readTargets(
  path: string,
  { data, dtype }: Tensor,
  classCount: number | null,
): Pick<TrainingData, 'y' | 'classes'> {
  if (classCount !== null) {
    if (!(data instanceof Int32Array)) throw corrupt(path, `y is ${dtype} and not I32`);
    return { y: toOneHot(path, data, classCount), classes: data };
  }
  if (!(data instanceof Float32Array)) throw corrupt(path, `y is ${dtype} and not F32`);
  return { y: data, classes: null };
}

/** Only the ratios of weights count; with a mean of 1 they change neither the size of losses nor that of steps. */
function toMeanOne(path: string, { shape, data }: Tensor, rowCount: number): Float32Array {
  if (!(data instanceof Float32Array) || shape.join() !== String(rowCount)) {
    throw corrupt(path, `w is not a vector of ${rowCount} F32 weights`);
  }
  if (!data.every((weight) => Number.isFinite(weight) && weight >= 0)) {
    throw corrupt(path, 'w holds a weight that is negative or not finite');
  }
  const mean = data.reduce((sum, weight) => sum + weight, 0) / rowCount;
  if (mean > 0) return data.map((weight) => weight / mean);
  throw new RecetaError(
    'dataset-invalid',
    `Reading ${path}: the weights of all its rows are 0, so no row counts. Give some rows of every part a positive weight.`,
  );
}

function toOneHot(path: string, classes: Int32Array, classCount: number): Float32Array {
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
