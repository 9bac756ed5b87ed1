import type { Colors } from 'picocolors/types.js';
import type { StudyDescription, StudyTrial } from '../../client/study-description.js';
import type { StudySummary } from '../../contract/run-description.js';
import { formatNumber } from './format-number.js';
import { rankTrials } from './rank-trials.js';
import { renderBudget } from './render-budget.js';
import { renderCounts } from './render-counts.js';
import { renderDecision } from './render-decision.js';
import { renderImportance } from './render-importance.js';
import { renderLeaderboard } from './render-leaderboard.js';
import { renderTable } from './render-table.js';

/**
 * Everything a reader wants to know of one study: state, budget, decisions, trials from best to worst, importance.
 *
 * @param limit trials that are shown
 */
export function renderStudy(study: StudyDescription, limit: number, colors: Colors): string[] {
  const sections = [
    renderHead(study, colors),
    study.decisions.map((decision) => `${toSeconds(decision.at)}  ${renderDecision(decision)}`),
    renderTrials(study, limit, colors),
    renderRescores(study),
    renderImportance(study.importance),
  ].filter((section) => section.length > 0);
  return sections.flatMap((section, index) => (index === 0 ? section : ['', ...section]));
}

function renderHead(study: StudyDescription, colors: Colors): string[] {
  const { runId, state, budget, counts, enqueued, trials } = study;
  const waiting = enqueued === 0 ? '' : `; ${formatNumber(enqueued)} enqueued`;
  return [
    `study of ${colors.bold(runId)} ${renderState(state, colors)}`,
    ...(budget === null ? [] : [renderBudget(budget)]),
    `${formatNumber(trials.length)} trials: ${renderCounts(counts)}${waiting}`,
  ];
}

function renderState(state: StudySummary['state'], colors: Colors): string {
  if (state === null) return colors.yellow('goes on, but no worker tells how');
  return state === 'paused' || state === 'ending' ? colors.yellow(state) : state;
}

function renderTrials({ trials, best }: StudyDescription, limit: number, colors: Colors): string[] {
  if (trials.length === 0) return [];
  const shown = rankTrials<StudyTrial>(trials).slice(0, limit);
  const lines = renderLeaderboard(shown, null, colors, { chosen: best });
  const hidden = trials.length - shown.length;
  if (hidden === 0) return lines;
  return [...lines, `and ${formatNumber(hidden)} more (--limit ${trials.length} shows all)`];
}

/** The best trials, tried again with other seeds: of many the best one has been lucky, too. */
function renderRescores({ rescores, trials }: StudyDescription): string[] {
  if (rescores.length === 0) return [];
  const values = new Map(trials.map(({ number, value }) => [number, value]));
  return renderTable(
    [
      { title: 'trial', align: 'right' },
      { title: 'value', align: 'right' },
      { title: 'other seeds' },
    ],
    rescores.map((rescore) => {
      const value = values.get(rescore.number) ?? null;
      return [
        String(rescore.number),
        value === null ? '-' : formatNumber(value),
        rescore.values.map(formatNumber).join(', '),
      ];
    }),
  );
}

function toSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
