import { createRandomStream } from '../../../../contract/random-stream.js';
import type { TrainingData } from '../../../process/training-data.js';

/** Rows of a part, written out. */
export function toData(
  x: readonly (readonly number[])[],
  target:
    | { readonly y: readonly number[] }
    | { readonly classes: readonly number[]; count: number },
  w: readonly number[] | null = null,
): TrainingData {
  const width = x[0]?.length ?? 0;
  const classes = 'classes' in target ? Int32Array.from(target.classes) : null;
  const y =
    'classes' in target
      ? target.classes.flatMap((own) =>
          Array.from({ length: target.count }, (_, at) => +(at === own)),
        )
      : target.y;
  return {
    ...{ rowCount: x.length, width, classes, sha256: '' },
    x: Float32Array.from(x.flat()),
    y: Float32Array.from(y),
    w: w && Float32Array.from(w),
  };
}

/** Rows drawn at random: some features far from 0, some in large units, one constant, the target of all of them. */
export function drawData(rowCount: number, classCount: number | null, seed = 1): TrainingData {
  const random = createRandomStream(seed, 0);
  const normal = () => random() + random() + random() + random() - 2;
  const x = Array.from({ length: rowCount }, () => [
    ...[normal(), 100 + normal(), 1_000 * normal(), 7, random() < 0.2 ? 1 : 0],
  ]);
  const score = ([a = 0, b = 0, c = 0, , e = 0]: readonly number[]) =>
    a - 0.5 * (b - 100) + 0.0005 * c + 2 * e;
  const w = x.map(() => 0.5 + random());
  if (classCount === null) return toData(x, { y: x.map((row) => score(row) + normal()) }, w);
  const classes = x.map((row) => {
    const place = Math.floor(score(row) + normal() + classCount / 2);
    return Math.min(classCount - 1, Math.max(0, place));
  });
  return toData(x, { classes, count: classCount }, w);
}
