import type { DescribedTrial, RunDescription } from '../../contract/run-description.js';
import type { StepProgress } from '../../contract/run-status.js';
import { formatDuration } from './format-duration.js';
import { formatNumber } from './format-number.js';
import { findBestTrial } from './rank-trials.js';
import { renderCacheNote } from './render-cache-note.js';
import { renderDecision } from './render-decision.js';
import { renderWaiting } from './render-progress.js';
import { renderPruning } from './render-pruning.js';

/** What is new since the previous look at a run, one line a change; for output that is not a terminal. */
export function describeChanges(previous: RunDescription | null, run: RunDescription): string[] {
  return [
    ...(previous === null ? [`run ${run.runId} ${run.state}`] : []),
    ...describeWaiting(previous, run),
    ...run.steps.flatMap((step) => describeStepAndTrials(previous, run, step)),
    ...describeOutcome(previous, run),
  ];
}

function describeWaiting(previous: RunDescription | null, run: RunDescription): string[] {
  const queue = run.waitingForWorkerOn;
  if (queue === null || queue === (previous?.waitingForWorkerOn ?? null)) return [];
  return [renderWaiting(queue)];
}

function findStep(previous: RunDescription | null, step: StepProgress): StepProgress | undefined {
  return previous?.steps.find(({ name }) => name === step.name);
}

/** The study comes after the start of its step and before its end, however much happened since the previous look. */
function describeStepAndTrials(
  previous: RunDescription | null,
  run: RunDescription,
  step: StepProgress,
): string[] {
  const own = describeStep(findStep(previous, step), step);
  if (step.name !== 'tune') return own;
  const study = [
    ...describeDecisions(previous, run),
    ...run.trials.flatMap((trial) => describeTrial(previous, run, trial)),
  ];
  return step.state === 'running' ? [...own, ...study] : [...study, ...own];
}

function describeStep(before: StepProgress | undefined, step: StepProgress): string[] {
  if (step.state === 'waiting' || step.state === before?.state) return [];
  if (step.state === 'running') return [`${step.name} started`];
  const duration = step.durationMs === null ? '' : ` in ${formatDuration(step.durationMs)}`;
  const summary = step.summary === null ? '' : `: ${step.summary}`;
  const cached = step.cache === null ? '' : ` (${renderCacheNote(step.cache)})`;
  return [`${step.name} ${step.state}${duration}${summary}${cached}`];
}

function describeDecisions(previous: RunDescription | null, run: RunDescription): string[] {
  const known = previous?.study?.decisions.length ?? 0;
  return (run.study?.decisions ?? []).slice(known).map(renderDecision);
}

function describeTrial(
  previous: RunDescription | null,
  run: RunDescription,
  trial: DescribedTrial,
): string[] {
  const before = previous?.trials.find(({ number }) => number === trial.number);
  if (trial.state === 'running' || trial.state === before?.state) return [];
  if (trial.state === 'failed') {
    return [`trial ${trial.number} (${trial.model}) failed: ${trial.reason ?? 'no reason given'}`];
  }
  const duration = trial.durationMs === null ? '' : ` in ${formatDuration(trial.durationMs)}`;
  if (trial.state === 'pruned') {
    return [`trial ${trial.number} (${trial.model}) ${renderPruning(trial, duration)}`];
  }
  const value = trial.value === null ? '' : `: ${formatNumber(trial.value)}`;
  const best = findBestTrial(run.trials)?.number === trial.number ? ' (best so far)' : '';
  return [`trial ${trial.number} (${trial.model}) complete${duration}${value}${best}`];
}

function describeOutcome(previous: RunDescription | null, run: RunDescription): string[] {
  if (run.outcome === null || run.outcome === (previous?.outcome ?? null)) return [];
  const duration = run.durationMs === null ? '' : ` in ${formatDuration(run.durationMs)}`;
  return [`run ${run.outcome}${duration}`];
}
