import { createRandomStream } from '../../../../contract/random-stream.js';
import type { FeatureOutput } from '../../../../features/feature-program.js';
import type { TrainingData } from '../../../process/training-data.js';

export const outputs: readonly FeatureOutput[] = [
  { name: 'length', kind: 'number' },
  { name: 'width', kind: 'number' },
  { name: 'noise', kind: 'number' },
  { name: 'is old', kind: 'binary' },
  { name: 'color', kind: 'index', cardinality: 12 },
];

/**
 * Rows with missing numbers, zeros and categories, on all of which the target depends.
 *
 * @param classCount `null` for regression
 */
export function createRows(
  rowCount: number,
  stream: number,
  classCount: number | null,
): TrainingData {
  const draw = createRandomStream(3, stream);
  const width = outputs.length;
  const x = new Float32Array(rowCount * width);
  const raw = Array.from({ length: rowCount }, (_, row) => {
    const [length, breadth, noise] = [draw(), draw(), draw()];
    const isLost = draw() < 0.1;
    const old = draw() < 0.4 ? 1 : -1;
    const color = Math.floor(draw() * 12);
    const numbers = [isLost ? Number.NaN : length, breadth < 0.2 ? 0 : breadth, noise, old, color];
    x.set(numbers, row * width);
    const slope = isLost ? 0.9 : length;
    return (
      slope +
      (breadth < 0.2 ? 1 : breadth ** 2) +
      (color % 3) * 0.3 +
      old * slope * 0.2 +
      noise * 0.1
    );
  });
  const part = { rowCount, width, x, w: null, sha256: String(stream) };
  if (classCount === null) return { ...part, y: Float32Array.from(raw), classes: null };
  const classes = Int32Array.from(raw, (value) =>
    Math.min(classCount - 1, Math.max(0, Math.floor((value / 2.6) * classCount))),
  );
  const y = new Float32Array(rowCount * classCount);
  for (const [row, index] of classes.entries()) y[row * classCount + index] = 1;
  return { ...part, y, classes };
}
