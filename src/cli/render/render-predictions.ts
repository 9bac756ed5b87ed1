import { formatNumber } from './format-number.js';

/** One prediction a line: a label or a number, and behind it the probabilities if they were asked for. */
export function renderPredictions(predictions: readonly unknown[]): string[] {
  return predictions.map((prediction) => {
    if (typeof prediction !== 'object' || prediction === null) return String(prediction);
    const { label, probabilities } = prediction as Readonly<Record<string, unknown>>;
    if (typeof probabilities !== 'object' || probabilities === null) {
      return JSON.stringify(prediction);
    }
    return `${label}  (${renderProbabilities(probabilities)})`;
  });
}

function renderProbabilities(classes: object): string {
  return Object.entries(classes)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatNumber(value) : value}`)
    .join(', ');
}
