import type { StudyReport } from '../../contract/study-report.js';
import { renderTable } from './render-table.js';

/** How much each parameter of each model decided, the most important ones first. */
export function renderImportance(importance: StudyReport['importance']): string[] {
  const rows = Object.entries(importance).flatMap(([model, shares]) =>
    Object.entries(shares)
      .sort(([, a], [, b]) => b - a)
      .map(([name, share], index) => [index === 0 ? model : '', name, formatShare(share)]),
  );
  if (rows.length === 0) return [];
  return renderTable(
    [{ title: 'model' }, { title: 'parameter' }, { title: 'importance', align: 'right' }],
    rows,
  );
}

function formatShare(share: number): string {
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(100 * share)} %`;
}
