/**
 * The signed-rank test of Wilcoxon (Individual Comparisons by Ranking Methods, 1945): the probability that differences
 * of these sizes, with signs by chance, speak as much for "above zero" as they do or more.
 *
 * It is exact for any number of pairs, ties included, because the distribution is summed up over the ranks at hand;
 * no normal approximation is needed. Zeros take part in the ranking and then drop out (Pratt, Remarks on Zeros and Ties
 * in the Wilcoxon Signed Rank Procedures, 1959).
 *
 * @param differences one a pair, finite
 * @returns in (0, 1]; 1 when there is no difference
 */
export function wilcoxonSignedRank(differences: readonly number[]): number {
  const ranks = rankTwice(differences.map(Math.abs));
  let positiveSum = 0;
  let chances = [1];
  for (const [index, difference] of differences.entries()) {
    if (difference === 0) continue;
    // There is a rank for each difference.
    const rank = ranks[index] as number;
    if (difference > 0) positiveSum += rank;
    chances = addRank(chances, rank);
  }
  return chances.slice(positiveSum).reduce((sum, chance) => sum + chance, 0);
}

/** Ranks from 1, equal values sharing their average; times two, so that they are integers. */
function rankTwice(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** The chance of each sum of ranks, once another rank counts for it or does not. */
function addRank(chances: readonly number[], rank: number): number[] {
  return Array.from(
    { length: chances.length + rank },
    (_, sum) => ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2,
  );
}
