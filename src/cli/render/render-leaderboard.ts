import type { Colors } from 'picocolors/types.js';
import type { DescribedTrial } from '../../contract/run-description.js';
import type { MemberShare, Parameters, ParameterValue } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { findBestTrial, rankTrials } from './rank-trials.js';
import { renderPruning } from './render-pruning.js';
import { renderTable } from './render-table.js';

/** Models have many parameters; `--json` shows them all. */
const shownCharacters = 80;

/**
 * Trials of a study from best to worst; the best one is marked, and what each has in the final model.
 *
 * @param members `null`: shares are not shown
 * @param options number of the trial that was chosen, which with other seeds may have been better than the best one
 */
export function renderLeaderboard(
  trials: readonly DescribedTrial[],
  members: readonly MemberShare[] | null,
  colors: Colors,
  { chosen = null }: { readonly chosen?: number | null } = {},
): string[] {
  const best = findBestTrial(trials);
  const rows = rankTrials(trials).map((trial) => [
    String(trial.number),
    trial.model,
    trial.value === null ? '-' : formatNumber(trial.value),
    trial.durationMs === null ? '-' : formatDuration(trial.durationMs),
    ...(members === null ? [] : [formatShare(members, trial.number)]),
    remark(trial, { isBest: trial === best, isChosen: trial.number === chosen }, colors),
    formatParameters(trial.parameters),
  ]);
  return renderTable(
    [
      { title: 'trial', align: 'right' },
      { title: 'model' },
      { title: 'value', align: 'right' },
      { title: 'duration', align: 'right' },
      ...(members === null ? [] : [{ title: 'share', align: 'right' } as const]),
      { title: '' },
      { title: 'parameters' },
    ],
    rows,
  );
}

/** What was trained after the study belongs to no trial. */
function formatShare(members: readonly MemberShare[], number: number): string {
  const own = members.filter(({ trial }) => trial === number);
  if (own.length === 0) return members.length === 0 ? '-' : '';
  const share = own.reduce((sum, { weight }) => sum + weight, 0);
  return `${Math.round(100 * share)} %`;
}

function remark(
  trial: DescribedTrial,
  { isBest, isChosen }: { readonly isBest: boolean; readonly isChosen: boolean },
  colors: Colors,
): string {
  if (isBest) return colors.green('best');
  if (isChosen) return colors.green('chosen');
  if (trial.state === 'failed') return colors.red(`failed: ${trial.reason ?? 'no reason given'}`);
  if (trial.state === 'pruned') return colors.dim(renderPruning(trial));
  return trial.state === 'running' ? 'running' : '';
}

function formatParameters(parameters: Parameters): string {
  const text = Object.entries(parameters)
    .map(([name, value]) => `${name} ${formatParameter(value)}`)
    .join(', ');
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters - 1)}…` : text;
}

function formatParameter(value: ParameterValue): string {
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
