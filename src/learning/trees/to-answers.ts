import type { TreesSpec } from './trees-spec.js';

/**
 * Turns raw scores into answers: the score itself, probabilities of two classes by the logistic function, or of
 * several by softmax.
 *
 * @param scores rows x scores, row-major
 * @returns rows x outputs
 */
export function toAnswers(
  how: TreesSpec['answer'],
  scores: Float64Array,
  outputs: number,
): Float32Array {
  if (how === 'identity') return Float32Array.from(scores);
  if (how === 'sigmoid') {
    const answers = new Float32Array(2 * scores.length);
    for (const [row, score] of scores.entries()) {
      const probability = 1 / (1 + Math.exp(-score));
      answers[2 * row] = 1 - probability;
      answers[2 * row + 1] = probability;
    }
    return answers;
  }
  const answers = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += outputs) {
    const row = scores.subarray(start, start + outputs);
    const highest = Math.max(...row);
    const powers = row.map((score) => Math.exp(score - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (const [index, power] of powers.entries()) answers[start + index] = power / sum;
  }
  return answers;
}
