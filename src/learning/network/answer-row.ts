import type { NetworkSpec } from './network.js';

/** Writes the answer for the last layer's values of one row (all members of it) into `answers` at `to`. */
export type RowAnswer = (values: Float64Array, answers: Float32Array, to: number) => void;

/**
 * @param units of the last layer
 * @param members whose answers are averaged
 */
export function createRowAnswer(
  output: NetworkSpec['output'],
  units: number,
  members: number,
): RowAnswer {
  const mean = new Float64Array(units);
  return (values, answers, to) => {
    mean.fill(0);
    for (let member = 0; member < members; member += 1) {
      const from = member * units;
      if (output === 'softmax') applySoftmax(values, from, units);
      for (let i = 0; i < units; i += 1) {
        const value = values[from + i] as number;
        const answer = output === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value;
        mean[i] = (mean[i] as number) + answer / members;
      }
    }
    if (output === 'sigmoid') {
      const second = mean[0] as number;
      answers[to] = 1 - second;
      answers[to + 1] = second;
    } else {
      answers.set(mean, to);
    }
  };
}

/** Shifted by the maximum, so no exponential overflows. */
function applySoftmax(values: Float64Array, from: number, units: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + units; i += 1) highest = Math.max(highest, values[i] as number);
  let sum = 0;
  for (let i = from; i < from + units; i += 1) {
    const power = Math.exp((values[i] as number) - highest);
    values[i] = power;
    sum += power;
  }
  for (let i = from; i < from + units; i += 1) values[i] = (values[i] as number) / sum;
}
