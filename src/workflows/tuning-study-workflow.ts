import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import type { EarlierTrial } from '../contract/activities.js';
import type { ErrorCode } from '../contract/errors.js';
import { trialsQueryName } from '../contract/messages.js';
import type { TrialSummary } from '../contract/run-status.js';
import type { TuningStudyResult } from '../contract/tuning-study.js';
import type { TuningStudyInput } from '../contract/workflows.js';
import { rankTrials } from '../tuning/rank-trials.js';
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
 * One study: `parallel` lanes that each ask for a model and parameters, run the trial, and ask again. A trial that fails
 * is kept with its reason; the study fails when none completes, or at once when no other parameters would help.
 * Models and parameters come from the recorded result of the `suggestTrial` activity, never from workflow code.
 */
export async function tuningStudyWorkflow(input: TuningStudyInput): Promise<TuningStudyResult> {
  const { runId, pipeline, cache, tune, models, prepared, limits } = input;
  const { task, classCount, trainRows, width, learning } = input;
  const activities = createActivityProxies(limits);
  const byNumber = new Map<number, TrialSummary>();
  const listTrials = (): TrialSummary[] =>
    [...byNumber.values()].sort((a, b) => a.number - b.number);
  setHandler(trialsQuery, listTrials);
  let next = 0;

  async function runOne(number: number): Promise<void> {
    const suggestion = await activities.pipeline.suggestTrial({
      runId,
      ...{ task, classCount, trainRows, width, models, learning },
      space: tune.space,
      trials: listTrials().map(toEarlierTrial),
      seed: tune.seed,
      number,
    });
    const { model, parameters } = suggestion;
    const startedAtMs = Date.now();
    const note = (change: TrialChange): void => {
      const durationMs = change.state === 'running' ? null : Date.now() - startedAtMs;
      byNumber.set(number, { ...untold, number, model, parameters, durationMs, ...change });
    };
    note({ state: 'running' });
    try {
      const { value, outcome } = await activities.train.runTrial.executeWithOptions(
        { activityId: `trial-${number}`, summary: `trial ${number}: ${model}` },
        [
          {
            ...{ runId, pipeline, cache, number, model, parameters, prepared, trainRows, learning },
            epochs: tune.epochs,
            seed: trialSeed(tune.seed, number),
            limits,
          },
        ],
      );
      note({ state: 'complete', value, outcome });
    } catch (error) {
      if (isCancellation(error)) throw error;
      const { code, message } = toFailureSummary(error, 'tune');
      note({ state: 'failed', reason: message });
      if (!trialFailures.includes(code)) throw error;
    }
  }

  const haveAllHadTheirTurn = (): boolean =>
    models.every((_, number) => (byNumber.get(number)?.state ?? 'running') !== 'running');

  async function lane(): Promise<void> {
    while (next < tune.trials) {
      const number = next;
      next += 1;
      // Which model is worth more trials is known when each has had its own; with one there is nothing to choose.
      if (models.length > 1 && number >= models.length) await condition(haveAllHadTheirTurn);
      await runOne(number);
    }
  }

  await runTogether(Array.from({ length: Math.min(tune.parallel, tune.trials) }, () => lane));

  const trials = listTrials();
  const [best] = rankTrials(trials);
  if (best === undefined || best.outcome === null) {
    throw ApplicationFailure.nonRetryable(
      `looked for the best of ${trials.length} trials, but every one failed; the first said: ${trials[0]?.reason}`,
      'study-failed',
      [],
    );
  }
  return { best: { ...best, outcome: best.outcome }, trials };
}

type TrialChange = Pick<TrialSummary, 'state'> &
  Partial<Pick<TrialSummary, 'value' | 'outcome' | 'reason'>>;

const untold = { value: null, outcome: null, reason: null } as const;

/** Suggestions need no references, and each of them is in the history. */
function toEarlierTrial({ number, state, model, parameters, value }: TrialSummary): EarlierTrial {
  return { number, state, model, parameters, value };
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
