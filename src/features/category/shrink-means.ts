/** Rows, sum of the target and sum of its squares, for the levels of a column. */
export interface LevelSums {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  /** Of all levels together. */
  readonly squares: number;
}

/**
 * Mean of the target at each level, drawn towards the mean of all rows the more, the fewer rows a level has:
 * (sum + m * mean) / (rows + m). A level without rows gets the mean.
 *
 * m is the variance inside the levels by the variance between them, both estimated without bias (empirical Bayes: the
 * credibility estimator of Bühlmann and Straub 1970); at least 1, and the number of rows where the levels differ no
 * more than by chance.
 */
export function shrinkMeans({ counts, sums, squares }: LevelSums): Float64Array {
  const rows = counts.reduce((total, count) => total + count, 0);
  if (rows === 0) return new Float64Array(counts.length);
  const mean = sums.reduce((total, sum) => total + sum, 0) / rows;
  const m = estimateShrinkage({ counts, sums, squares }, rows, mean);
  return counts.map((count, level) => ((sums[level] as number) + m * mean) / (count + m));
}

function estimateShrinkage(
  { counts, sums, squares }: LevelSums,
  rows: number,
  mean: number,
): number {
  let levels = 0;
  let explained = 0;
  let squaredCounts = 0;
  counts.forEach((count, level) => {
    if (count === 0) return;
    levels += 1;
    explained += (sums[level] as number) ** 2 / count;
    squaredCounts += count * count;
  });
  if (rows === levels || levels === 1) return rows;
  const inside = Math.max(0, squares - explained) / (rows - levels);
  const spread = explained - rows * mean * mean - (levels - 1) * inside;
  const between = spread / (rows - squaredCounts / rows);
  return between > 0 ? Math.min(rows, Math.max(1, inside / between)) : rows;
}
