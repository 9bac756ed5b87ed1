import {
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import type { ErrorCode } from '../contract/errors.js';
import { trialsQueryName } from '../contract/messages.js';
import type { TrialSummary } from '../contract/run-status.js';
import type { TuningStudyInput, TuningStudyResult } from '../contract/workflows.js';
import { bestTrial } from '../tuning/best-trial.js';
import { trialSeed } from '../tuning/trial-seed.js';
import { createActivityProxies } from './activity-proxies.js';
import { toFailureSummary } from './to-failure-summary.js';

const trialsQuery = defineQuery<readonly TrialSummary[]>(trialsQueryName);

/** Failures that other parameters may avoid; any other would meet every trial and ends the study. */
const trialFailures: readonly ErrorCode[] = [
  'training-diverged',
  'memory-limit-exceeded',
  'deadline-exceeded',
  'child-crashed',
];

/**
 * One study: `parallel` lanes that each ask for parameters, run the trial, and ask again. A trial that fails is
 * kept with its reason; the study fails when none completes, or at once when no other parameters would help.
 * Parameters come from the recorded result of the `suggestTrial` activity, never from workflow code.
 */
export async function tuningStudyWorkflow(input: TuningStudyInput): Promise<TuningStudyResult> {
  const { runId, pipeline, cache, tune, prepared, task, trainRows, limits } = input;
  const activities = createActivityProxies(limits);
  const byNumber = new Map<number, TrialSummary>();
  const listTrials = (): TrialSummary[] =>
    [...byNumber.values()].sort((a, b) => a.number - b.number);
  setHandler(trialsQuery, listTrials);
  let next = 0;

  async function runOne(number: number): Promise<void> {
    const suggestion = await activities.pipeline.suggestTrial({
      runId,
      task,
      trainRows,
      space: tune.space,
      trials: listTrials(),
      seed: tune.seed,
      number,
    });
    const { parameters } = suggestion;
    const startedAtMs = Date.now();
    const note = (change: Pick<TrialSummary, 'state' | 'value' | 'reason'>): void => {
      const durationMs = change.state === 'running' ? null : Date.now() - startedAtMs;
      byNumber.set(number, { number, parameters, durationMs, ...change });
    };
    note({ state: 'running', value: null, reason: null });
    try {
      const result = await activities.train.runTrial.executeWithOptions(
        { activityId: `trial-${number}`, summary: `trial ${number}` },
        [
          {
            runId,
            pipeline,
            cache,
            number,
            parameters,
            prepared,
            epochs: tune.epochs,
            seed: trialSeed(tune.seed, number),
            limits,
          },
        ],
      );
      note({ state: 'complete', value: result.value, reason: null });
    } catch (error) {
      if (isCancellation(error)) throw error;
      const { code, message } = toFailureSummary(error, 'tune');
      note({ state: 'failed', value: null, reason: message });
      if (!trialFailures.includes(code)) throw error;
    }
  }

  async function lane(): Promise<void> {
    while (next < tune.trials) {
      const number = next;
      next += 1;
      await runOne(number);
    }
  }

  await runTogether(Array.from({ length: Math.min(tune.parallel, tune.trials) }, () => lane));

  const trials = listTrials();
  const best = bestTrial(trials);
  if (best === undefined) {
    throw ApplicationFailure.nonRetryable(
      `looked for the best of ${trials.length} trials, but every one failed; the first said: ${trials[0]?.reason}`,
      'study-failed',
      [],
    );
  }
  return { best, trials };
}

/**
 * Runs work side by side. The first failure cancels the rest, and is thrown once all have ended: nothing works on
 * behind a study that is over.
 */
async function runTogether(works: readonly (() => Promise<void>)[]): Promise<void> {
  const scope = new CancellationScope();
  const failures: unknown[] = [];
  const run = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => {
      failures.push(error);
      scope.cancel();
    });
  await scope.run(() => Promise.all(works.map(run)));
  if (failures.length > 0) throw failures[0];
}
