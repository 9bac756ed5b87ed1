import { createRandomStream } from '../../src/contract/random-stream.js';

/** A network of two hidden layers and the batches that it learns from. */
export interface MlpCase {
  readonly name: string;
  readonly width: number;
  readonly batchSize: number;
  /** `null`: one number is learned, with the squared error. */
  readonly classCount: number | null;
}

export const mlpRows = 20_000;
export const mlpInputs = 20;
export const mlpLearningRate = 1e-3;

export const mlpCases: readonly MlpCase[] = [
  { name: 'mlp64', width: 64, batchSize: 256, classCount: null },
  { name: 'mlp128', width: 128, batchSize: 256, classCount: null },
  { name: 'mlp256', width: 256, batchSize: 256, classCount: null },
  { name: 'mlp64Batch1024', width: 64, batchSize: 1024, classCount: null },
  { name: 'mlp64Classes26', width: 64, batchSize: 256, classCount: 26 },
];

/** Rows x inputs, and rows x outputs (a number, or one-hot classes), row-major. */
export interface MlpData {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Made-up rows with something to learn; the same in every process. */
export function createMlpData({ classCount }: Pick<MlpCase, 'classCount'>): MlpData {
  const random = createRandomStream(1, 0);
  const x = Float32Array.from({ length: mlpRows * mlpInputs }, () => 2 * random() - 1);
  const at = (row: number, column: number): number => x[row * mlpInputs + column] ?? 0;
  const outputs = classCount ?? 1;
  const y = new Float32Array(mlpRows * outputs);
  for (let row = 0; row < mlpRows; row += 1) {
    const value = at(row, 0) * at(row, 1) + at(row, 2);
    if (classCount === null) y[row] = value;
    else y[row * outputs + Math.floor(((value + 2) / 4) * classCount)] = 1;
  }
  return { x, y };
}
