import type { Colors } from 'picocolors/types.js';
import type { RunDiff } from '../../lineage/compare-runs.js';
import type { Comparison, DiffValue } from '../../lineage/compare-values.js';
import { formatNumber } from './format-number.js';
import { renderDigest } from './render-digest.js';
import { renderTable } from './render-table.js';

const shownCharacters = 40;

/** Two runs side by side: in each section what differs, and how much is equal; metrics all. */
export function renderRunDiff(diff: RunDiff, colors: Colors): string[] {
  const sections = [
    ['pipeline', diff.pipeline],
    ['data', diff.data],
    ['code', diff.code],
    ['metrics', diff.metrics],
  ] as const;
  return [
    `a  ${diff.a}`,
    `b  ${diff.b}`,
    ...sections.flatMap(([title, rows]) => [
      '',
      colors.bold(title),
      ...renderSection(title, rows).map((line) => `  ${line}`),
    ]),
  ];
}

function renderSection(title: string, rows: readonly Comparison[]): string[] {
  const shown = title === 'metrics' ? rows : rows.filter(({ isEqual }) => !isEqual);
  const equal = rows.length - shown.length;
  if (shown.length === 0) return [rows.length === 0 ? 'nothing to compare' : `equal (${equal})`];
  const align = title === 'metrics' ? 'right' : 'left';
  const table = renderTable(
    [{ title: 'name' }, { title: 'a', align }, { title: 'b', align }],
    shown.map(({ name, a, b }) => [name, renderValue(a), renderValue(b)]),
  );
  return equal === 0 ? table : [...table, `and ${equal} equal`];
}

function renderValue(value: DiffValue): string {
  if (value === null) return '-';
  if (typeof value === 'number') return formatNumber(value);
  if (/^[0-9a-f]{64}$/.test(value)) return renderDigest(value);
  const line = value.replaceAll(/\s+/g, ' ').trim();
  return line.length <= shownCharacters ? line : `${line.slice(0, shownCharacters - 1)}…`;
}
