import type { Colors } from 'picocolors/types.js';
import type { ParameterValue, TrialSummary } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { findBestTrial, rankTrials } from './rank-trials.js';
import { renderTable, type TableColumn } from './render-table.js';

/** Trials of a study from best to worst, one column a hyperparameter; the best one is marked. */
export function renderLeaderboard(trials: readonly TrialSummary[], colors: Colors): string[] {
  const best = findBestTrial(trials);
  const names = [...new Set(trials.flatMap((trial) => Object.keys(trial.parameters)))];
  const columns: TableColumn[] = [
    { title: 'trial', align: 'right' },
    { title: 'value', align: 'right' },
    { title: 'duration', align: 'right' },
    ...names.map((title) => ({ title, align: 'right' as const })),
    { title: '' },
  ];
  const rows = rankTrials(trials).map((trial) => [
    String(trial.number),
    trial.value === null ? '-' : formatNumber(trial.value),
    trial.durationMs === null ? '-' : formatDuration(trial.durationMs),
    ...names.map((name) => formatParameter(trial.parameters[name])),
    remark(trial, trial === best, colors),
  ]);
  return renderTable(columns, rows);
}

function remark(trial: TrialSummary, isBest: boolean, colors: Colors): string {
  if (isBest) return colors.green('best');
  if (trial.state === 'failed') return colors.red(`failed: ${trial.reason ?? 'no reason given'}`);
  return trial.state === 'running' ? 'running' : '';
}

function formatParameter(value: ParameterValue | undefined): string {
  if (value === undefined) return '-';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
