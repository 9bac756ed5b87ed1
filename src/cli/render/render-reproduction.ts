import type { Colors } from 'picocolors/types.js';
import type { OutputDifference, Reproduction } from '../../lineage/compare-outputs.js';
import { formatNumber } from './format-number.js';
import { renderDigest } from './render-digest.js';
import { renderTable } from './render-table.js';

/** The verdict first, then what differs, then the metrics side by side. */
export function renderReproduction(reproduction: Reproduction, colors: Colors): string[] {
  const { original, differences, metrics } = reproduction;
  const lines = [renderVerdict(reproduction, colors)];
  if (differences.length > 0) lines.push('', ...renderDifferences(differences));
  const rows = metrics.map(({ name, original: before, reproduction: now }) => [
    name,
    before === null ? '-' : formatNumber(before),
    now === null ? '-' : formatNumber(now),
  ]);
  lines.push(
    '',
    ...renderTable(
      [
        { title: 'metric' },
        { title: original, align: 'right' },
        { title: reproduction.reproduction, align: 'right' },
      ],
      rows,
    ),
  );
  return lines;
}

function renderVerdict(
  { verdict, original, reproduction, differences }: Reproduction,
  colors: Colors,
): string {
  const [first] = differences;
  switch (verdict) {
    case 'identical':
      return `${colors.green('identical')}: ${reproduction} made the same bytes as ${original} in every step`;
    case 'within-tolerance':
      return `${colors.green('within tolerance')}: the metrics are equal, although some bytes differ, first in step ${first?.step}`;
    case 'diverged':
      return `${colors.red('diverged')} first at step ${first?.step}: ${first?.name} was ${renderDigest(first?.original ?? null)} and is ${renderDigest(first?.reproduction ?? null)}`;
  }
}

function renderDifferences(differences: readonly OutputDifference[]): string[] {
  return renderTable(
    [{ title: 'step' }, { title: 'output' }, { title: 'original' }, { title: 'reproduction' }],
    differences.map(({ step, name, original, reproduction }) => [
      step,
      name,
      renderDigest(original),
      renderDigest(reproduction),
    ]),
  );
}
