import type { Colors } from 'picocolors/types.js';
import type { RunDescription } from '../../contract/run-description.js';
import type { FailureSummary } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { renderLeaderboard } from './render-leaderboard.js';
import { renderMetrics } from './render-metrics.js';
import { renderProblems } from './render-problems.js';
import { renderSteps } from './render-steps.js';

/** Everything a reader wants to know of one run: head line, steps, warnings, trials, metrics, model, failure. */
export function renderRunSummary(run: RunDescription, colors: Colors): string[] {
  const sections: string[][] = [renderHead(run, colors), renderSteps(run.steps, colors)];
  const warnings = run.steps.flatMap((step) => step.warnings);
  if (warnings.length > 0) sections.push(renderWarnings(warnings, colors));
  if (run.trials.length > 0) sections.push(renderTrials(run, colors));
  if (run.metrics !== null) sections.push(renderMetrics(run.metrics, run.baseline));
  if (run.model !== null) sections.push([renderModel(run)]);
  if (run.failure !== null) sections.push(renderFailure(run.failure, colors));
  return sections.flatMap((section, index) => (index === 0 ? section : ['', ...section]));
}

function renderHead(run: RunDescription, colors: Colors): string[] {
  const state = colorOutcome(run, colors);
  const duration = run.durationMs === null ? '' : ` in ${formatDuration(run.durationMs)}`;
  const lines = [`run ${colors.bold(run.runId)} ${state}${duration}`];
  if (run.retryOf !== null) lines.push(`retry of ${run.retryOf}`);
  if (run.reproduces !== null) lines.push(`repeats ${run.reproduces}`);
  if (run.schedule !== null) lines.push(`started by schedule ${run.schedule}`);
  if (run.waitingForWorkerOn !== null) {
    lines.push(colors.yellow(`waiting for a worker on \`${run.waitingForWorkerOn}\``));
  }
  if (run.study?.state === 'paused') {
    lines.push(colors.yellow(`its study is paused (go on: receta study resume ${run.runId})`));
  }
  return lines;
}

function colorOutcome(run: RunDescription, colors: Colors): string {
  if (run.outcome === null) return run.state;
  if (run.outcome === 'succeeded') return colors.green(run.outcome);
  return run.outcome === 'failed' ? colors.red(run.outcome) : colors.yellow(run.outcome);
}

function renderWarnings(warnings: readonly string[], colors: Colors): string[] {
  return warnings.map((warning) => `${colors.yellow('warning')}: ${warning}`);
}

function renderTrials(
  { runId, trials, trialCount, members }: RunDescription,
  colors: Colors,
): string[] {
  const lines = renderLeaderboard(trials, members, colors);
  if (trialCount === null || trialCount <= trials.length) return lines;
  const count = `${formatNumber(trials.length)} of ${formatNumber(trialCount)} trials`;
  return [...lines, `${count}; all: receta study show ${runId} --limit ${trialCount}`];
}

function renderModel(run: RunDescription): string {
  const name = `model ${run.model?.model} version ${run.model?.version}`;
  return run.outcome === 'rejected' ? `${name} registered, but refused by a gate` : name;
}

/** The only problem is often the message itself. */
function toUnsaidProblems({ message, problems }: FailureSummary): FailureSummary['problems'] {
  const [only] = problems;
  return problems.length === 1 && only !== undefined && message.includes(only.message)
    ? []
    : problems;
}

function renderFailure(failure: FailureSummary, colors: Colors): string[] {
  const place = failure.step === null ? '' : ` in step ${failure.step}`;
  return [
    `${colors.red('failed')}${place}: ${failure.message} (${failure.code})`,
    ...renderProblems(toUnsaidProblems(failure), null),
  ];
}
