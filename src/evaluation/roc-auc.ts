/**
 * Prepares the area under the ROC curve of a binary classifier: the chance that a positive row scores
 * above a negative one, ties counting half (Mann-Whitney); equals sklearn.metrics.roc_auc_score.
 *
 * @param scores higher for rows more likely positive
 * @param positives whether each row is positive
 * @returns the area for given row weights; NaN while only one class has weight
 */
export function createRocAuc(
  scores: Float64Array,
  positives: readonly boolean[],
): (weights: Uint32Array) => number {
  const order = Uint32Array.from(scores, (_, row) => row).sort(
    // Rows are inside the scores.
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  return (weights) => {
    let [positiveRows, negativeRows, wins] = [0, 0, 0];
    let start = 0;
    while (start < order.length) {
      const score = scores[order[start] as number];
      let [tiedPositives, tiedNegatives] = [0, 0];
      let end = start;
      for (; end < order.length && scores[order[end] as number] === score; end += 1) {
        const row = order[end] as number;
        const weight = weights[row] as number;
        if (positives[row]) tiedPositives += weight;
        else tiedNegatives += weight;
      }
      wins += tiedPositives * (negativeRows + tiedNegatives / 2);
      positiveRows += tiedPositives;
      negativeRows += tiedNegatives;
      start = end;
    }
    return wins / (positiveRows * negativeRows);
  };
}
