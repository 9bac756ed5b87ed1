import type { BoostingPlan } from './boosting-plan.js';

/**
 * Brings what LightGBM answers, score by score, into rows: the scaled target, or the probability of each class.
 *
 * @param native scores x rows
 * @returns rows x outputs
 */
export function toAnswers(
  native: Float64Array,
  { answer, scores }: Pick<BoostingPlan, 'answer' | 'scores'>,
): Float32Array {
  // Positions lie inside, as rows x scores numbers were given.
  if (answer === 'identity') return Float32Array.from(native);
  if (answer === 'sigmoid') {
    return Float32Array.from({ length: 2 * native.length }, (_, index) => {
      const probability = native[index >> 1] as number;
      return index % 2 === 1 ? probability : 1 - probability;
    });
  }
  const rowCount = native.length / scores;
  return Float32Array.from({ length: native.length }, (_, index) => {
    const row = Math.floor(index / scores);
    return native[(index % scores) * rowCount + row] as number;
  });
}
