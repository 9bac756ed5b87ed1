import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandomStream } from '../../src/contract/random-stream.js';
import type { TrainingData } from '../../src/learning/process/training-data.js';

export interface LightgbmData {
  readonly train: TrainingData;
  readonly validation: TrainingData;
}

/**
 * Rows of numbers whose target is a smooth function of the first five with noise.
 *
 * @param classCount `null` for regression
 */
export function createLightgbmData(
  rows: { readonly train: number; readonly validation: number },
  width: number,
  classCount: number | null,
): LightgbmData {
  const part = (rowCount: number, stream: number) =>
    createPart(rowCount, width, classCount, stream);
  return { train: part(rows.train, 1), validation: part(rows.validation, 2) };
}

function createPart(
  rowCount: number,
  width: number,
  classCount: number | null,
  stream: number,
): TrainingData {
  const draw = createRandomStream(5, stream);
  const x = Float32Array.from({ length: rowCount * width }, draw);
  const raw = Float32Array.from({ length: rowCount }, (_, row) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = x.subarray(row * width, row * width + 5);
    return Math.sin(Math.PI * a * b) + 2 * (c - 0.5) ** 2 + d + e / 2 + (draw() - 0.5) / 2;
  });
  const data = { rowCount, width, x, w: null, sha256: '' };
  if (classCount === null) return { ...data, y: raw, classes: null };
  const classes = Int32Array.from(raw, (value) =>
    Math.max(0, Math.min(classCount - 1, Math.floor((value / 2.6) * classCount))),
  );
  const y = new Float32Array(rowCount * classCount);
  for (const [row, index] of classes.entries()) y[row * classCount + index] = 1;
  return { ...data, y, classes };
}

/** Writes what the peer reads: matrices and targets as they lie in memory. */
export async function writeLightgbmData(folder: string, data: LightgbmData): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, { x, y, classes }] of Object.entries(data) as [string, TrainingData][]) {
    await writeFile(join(folder, `${name}.x.bin`), x);
    await writeFile(
      join(folder, `${name}.y.bin`),
      classes === null ? y : Float32Array.from(classes),
    );
  }
}
