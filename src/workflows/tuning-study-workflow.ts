import { ApplicationFailure, defineQuery, isCancellation, setHandler } from '@temporalio/workflow';
import { trialsQueryName } from '../contract/messages.js';
import type { TrialSummary } from '../contract/run-status.js';
import type { TuningStudyInput, TuningStudyResult } from '../contract/workflows.js';
import { bestTrial } from '../tuning/best-trial.js';
import { trialSeed } from '../tuning/trial-seed.js';
import { createActivityProxies } from './activity-proxies.js';
import { toFailureSummary } from './to-failure-summary.js';

const trialsQuery = defineQuery<readonly TrialSummary[]>(trialsQueryName);

/**
 * One study: `parallel` lanes that each ask for parameters, run the trial, and ask again. A trial that fails is
 * kept with its reason; the study fails only when none completes. Parameters come from the recorded result of
 * the `suggestTrial` activity, never from workflow code.
 */
export async function tuningStudyWorkflow(input: TuningStudyInput): Promise<TuningStudyResult> {
  const { runId, tune, data, trainRows, limits } = input;
  const { pipeline, train } = createActivityProxies(limits);
  const byNumber = new Map<number, TrialSummary>();
  const listTrials = (): TrialSummary[] =>
    [...byNumber.values()].sort((a, b) => a.number - b.number);
  setHandler(trialsQuery, listTrials);
  let next = 0;

  async function runOne(number: number): Promise<void> {
    const suggestion = await pipeline.suggestTrial({
      runId,
      task: data.task,
      trainRows,
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
      const result = await train.runTrial.executeWithOptions(
        { activityId: `trial-${number}`, summary: `trial ${number}` },
        [
          {
            runId,
            number,
            parameters,
            data,
            epochs: tune.epochs,
            seed: trialSeed(tune.seed, number),
            limits,
          },
        ],
      );
      note({ state: 'complete', value: result.value, reason: null });
    } catch (error) {
      if (isCancellation(error)) throw error;
      note({ state: 'failed', value: null, reason: toFailureSummary(error, 'tune').message });
    }
  }

  async function lane(): Promise<void> {
    while (next < tune.trials) {
      const number = next;
      next += 1;
      await runOne(number);
    }
  }

  await Promise.all(Array.from({ length: Math.min(tune.parallel, tune.trials) }, lane));

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
