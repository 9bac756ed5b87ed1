import { formatNumber } from './format-number.js';

interface Predictions {
  readonly predictions: readonly unknown[];
  /** By class, one object a row; only when they were asked for. */
  readonly probabilities?: unknown;
}

/** One prediction a line; behind it the probabilities of the classes, if there are any. */
export function renderPredictions({ predictions, probabilities }: Predictions): string[] {
  const byRow: readonly unknown[] = Array.isArray(probabilities) ? probabilities : [];
  return predictions.map((prediction, row) => {
    const label = typeof prediction === 'object' ? JSON.stringify(prediction) : String(prediction);
    const details = renderProbabilities(byRow[row]);
    return details === '' ? label : `${label}  (${details})`;
  });
}

function renderProbabilities(classes: unknown): string {
  if (typeof classes !== 'object' || classes === null) return '';
  return Object.entries(classes)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatNumber(value) : value}`)
    .join(', ');
}
