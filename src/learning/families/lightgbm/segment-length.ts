/**
 * Iterations of a segment. A training is made of segments, and each starts from the raw scores of those before it, so
 * that one that is resumed does what an undisturbed one does anyway. Segments of many rows are shorter, because
 * checkpoints lie between segments.
 *
 * @param scores raw scores a row
 */
export function segmentLength(rowCount: number, scores: number): number {
  return Math.min(100, Math.max(10, Math.round(2e7 / (rowCount * scores))));
}
