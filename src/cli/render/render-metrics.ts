import { formatNumber } from './format-number.js';
import { renderTable } from './render-table.js';

type Metrics = Readonly<Record<string, number>>;

/** Held-out metrics, one a line, beside those of the dummy baseline. */
export function renderMetrics(metrics: Metrics, baseline: Metrics | null): string[] {
  return renderTable(
    [
      { title: 'metric' },
      { title: 'held-out', align: 'right' },
      { title: 'baseline', align: 'right' },
    ],
    Object.entries(metrics).map(([name, value]) => [
      name,
      formatNumber(value),
      toCell(baseline?.[name]),
    ]),
  );
}

function toCell(value: number | undefined): string {
  return value === undefined ? '-' : formatNumber(value);
}
