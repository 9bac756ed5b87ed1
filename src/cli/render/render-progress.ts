import type { Colors } from 'picocolors/types.js';
import type { RunDescription } from '../../contract/run-description.js';
import type { ActivityProgress, StepProgress, StepState } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { findBestTrial } from './rank-trials.js';
import { renderCacheNote } from './render-cache-note.js';
import { renderCounts } from './render-counts.js';

export interface ProgressOptions {
  readonly nowMs: number;
  readonly colors: Colors;
  /** Shown when the run could not be asked just now; the run itself goes on. */
  readonly notice: string | null;
}

/** The live display of a run: one line a step, and below the running one what it reported last. */
export function renderProgress(run: RunDescription, options: ProgressOptions): string[] {
  const { colors } = options;
  const lines = [`${colors.bold(run.runId)}  ${run.outcome ?? run.state}`];
  for (const step of run.steps) {
    lines.push(renderStepLine(step, run, options));
    if (step.state !== 'running') continue;
    const reports = run.activities.filter((activity) => activity.step === step.name);
    lines.push(...reports.map((report) => `      ${renderReport(report)}`));
  }
  if (run.waitingForWorkerOn !== null) {
    lines.push(colors.yellow(renderWaiting(run.waitingForWorkerOn)));
  }
  if (options.notice !== null) lines.push(colors.yellow(options.notice));
  return lines;
}

/** Says that work lies on a queue nobody polls, and how to change that. */
export function renderWaiting(queue: string): string {
  return `waiting for a worker on \`${queue}\` (start one: receta worker --queues ${queue})`;
}

const symbols: Readonly<Record<StepState, string>> = {
  waiting: '·',
  running: '●',
  succeeded: '✓',
  failed: '✗',
  cancelled: '-',
  skipped: '-',
};

function renderStepLine(
  step: StepProgress,
  run: RunDescription,
  { nowMs, colors }: ProgressOptions,
): string {
  const symbol = colorSymbol(step.state, colors);
  const duration = formatElapsed(step, nowMs).padStart(11);
  const summary = step.name === 'tune' ? renderStudy(run) : step.summary;
  const cached = step.cache === null ? '' : colors.dim(`  ${renderCacheNote(step.cache)}`);
  return `  ${symbol} ${step.name.padEnd(9)} ${duration}  ${summary ?? ''}${cached}`.trimEnd();
}

function colorSymbol(state: StepState, colors: Colors): string {
  const symbol = symbols[state];
  if (state === 'succeeded') return colors.green(symbol);
  if (state === 'failed') return colors.red(symbol);
  return state === 'running' ? colors.cyan(symbol) : colors.dim(symbol);
}

function formatElapsed(step: StepProgress, nowMs: number): string {
  if (step.durationMs !== null) return formatDuration(step.durationMs);
  if (step.state !== 'running' || step.startedAt === null) return '';
  return formatDuration(nowMs - Date.parse(step.startedAt));
}

function renderStudy({ trials, trialCount, study }: RunDescription): string {
  if (study === null) return '';
  const { state, budget, counts } = study;
  const parts = state === 'paused' || state === 'ending' ? [state as string] : [];
  if (budget !== null) parts.push(`${trialCount ?? 0} of ${budget.trials} trials`);
  parts.push(renderCounts(counts));
  const best = findBestTrial(trials);
  if (best !== null) {
    parts.push(`best is trial ${best.number} (${best.model}, ${formatNumber(best.value ?? 0)})`);
  }
  return parts.join(', ');
}

/** What an activity reported last, e.g. `trial 3  epoch 12/60  loss 0.1234  validation 0.1301`. */
function renderReport(report: ActivityProgress): string {
  const parts: string[] = [];
  if (report.trial !== null) parts.push(`trial ${report.trial}`);
  if (report.epoch !== null) {
    parts.push(`epoch ${report.epoch}${report.epochs === null ? '' : `/${report.epochs}`}`);
  }
  if (report.trainLoss !== null) parts.push(`loss ${formatNumber(report.trainLoss)}`);
  if (report.validationLoss !== null) {
    parts.push(`validation ${formatNumber(report.validationLoss)}`);
  }
  if (report.resumedFromEpoch !== null) parts.push(`resumed from epoch ${report.resumedFromEpoch}`);
  if (report.message !== null) parts.push(report.message);
  return parts.join('  ');
}
