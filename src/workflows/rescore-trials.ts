import { isCancellation } from '@temporalio/workflow';
import type { CloseStudyInput } from '../contract/activities.js';
import type { SuggestedTrial } from '../contract/tuning-study.js';
import type { TuningStudyInput } from '../contract/workflows.js';
import { trialSeed } from '../tuning/trial-seed.js';
import type { ActivityProxies } from './activity-proxies.js';

/** Trainings of each of the best trials, beside its first one. */
const repeats = 2;

/** Apart from the seeds of all trials of a study. */
const rescoreStream = 1_000_000;

/**
 * Trains the best few trials again with other seeds: of many trials the best one has been lucky, too. A trial that fails
 * now has no further values.
 *
 * @param ranked complete trials, the best one first
 */
export async function rescoreTrials(
  input: TuningStudyInput,
  { pipeline, train }: ActivityProxies,
  ranked: readonly number[],
): Promise<CloseStudyInput['rescores']> {
  const { runId, tune } = input;
  const numbers = ranked.slice(0, tune.rescore);
  if (numbers.length < 2) return [];
  const trials = await pipeline.readTrials({ runId, numbers });
  const works = trials.flatMap((trial) =>
    Array.from({ length: repeats }, (_, repeat) => () => scoreAgain(input, train, trial, repeat)),
  );
  const values = await runLimited(works, tune.parallel);
  return numbers.map((number, index) => ({
    number,
    values: values
      .slice(index * repeats, (index + 1) * repeats)
      .filter((value): value is number => value !== null),
  }));
}

async function scoreAgain(
  { pipeline, cache, prepared, trainRows, learning, tune, limits, runId }: TuningStudyInput,
  train: ActivityProxies['train'],
  { number, model, parameters }: SuggestedTrial,
  repeat: number,
): Promise<number | null> {
  try {
    const { value } = await train.runTrial.executeWithOptions(
      {
        activityId: `trial-${number}-again-${repeat}`,
        summary: `trial ${number} again: ${model}`,
      },
      [
        {
          ...{ runId, pipeline, cache, number, model, parameters, prepared, trainRows, learning },
          ...{ again: repeat + 1, epochs: tune.epochs, limits, pruning: null },
          seed: trialSeed(tune.seed, rescoreStream + repeats * number + repeat),
        },
      ],
    );
    return value;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

/** Runs so many at a time; answers in their order. */
async function runLimited<Result>(
  works: readonly (() => Promise<Result>)[],
  width: number,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < works.length; index = next++) {
      results[index] = await (works[index] as () => Promise<Result>)();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, works.length) }, lane));
  return results;
}
