import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { StudySettings } from '../contract/activities.js';
import type { ErrorCode } from '../contract/errors.js';
import type { SuggestedTrial, TuningStudyResult } from '../contract/tuning-study.js';
import type { TuningStudyInput } from '../contract/workflows.js';
import { type ActivityProxies, createActivityProxies } from './activity-proxies.js';
import { rescoreTrials } from './rescore-trials.js';
import { steerStudy } from './steer-study.js';
import { StudyBook } from './study-book.js';
import { toFailureSummary } from './to-failure-summary.js';
import { Together } from './together.js';

/** Failures that other parameters may avoid; any other would meet every trial and ends the study. */
const trialFailures: readonly ErrorCode[] = [
  'training-diverged',
  'memory-limit-exceeded',
  'deadline-exceeded',
  'child-crashed',
];

/** A history is left behind before it takes long to replay. */
const longHistoryEvents = 4_000;

/**
 * One study: trial after trial is suggested, and as many as `parallel` says run side by side. Parameters come from the
 * recorded results of the `suggestTrial` activity, never from workflow code. A trial that fails is kept with its reason;
 * the study fails when none completes, or at once when no other parameters would help.
 */
export async function tuningStudyWorkflow(input: TuningStudyInput): Promise<TuningStudyResult> {
  const activities = createActivityProxies(input.limits);
  const { pipeline } = activities;
  const settings = toSettings(input);
  const { runId } = settings;
  const book = new StudyBook(input.tune, input.models, input.carried, Date.now);
  const trials = new Together();
  steerStudy(book, settings, pipeline);

  try {
    while (await untilNextTrial(book, trials)) {
      const opened = book.open();
      const settled = book.takeUnsaved();
      const trial = await pipeline.suggestTrial({ ...settings, ...opened, settled });
      if (trial === null) book.takeBack();
      else trials.start(() => runTrial(input, activities, book, trial));
      if (isHistoryLong()) book.drain();
    }
  } catch (error) {
    // Nothing works on behind a study that was cancelled or has failed.
    await CancellationScope.nonCancellable(() => trials.cancel());
    throw error;
  }

  await condition(allHandlersFinished);
  if (book.stop === null) {
    await pipeline.saveTrials({ runId, settled: book.takeUnsaved() });
    return await continueAsNew<typeof tuningStudyWorkflow>({ ...input, carried: book.carry() });
  }
  book.close();
  assertSuccess(book);
  const rescores = await rescoreTrials(input, activities, book.rank());
  const { count, budget, decisions } = book;
  const settled = book.takeUnsaved();
  const isPruned = input.tune.pruner.kind !== 'none';
  const of = { pipeline: input.pipeline, studyKey: input.studyKey };
  return await pipeline.closeStudy({
    ...{ ...settings, ...of, count, isPruned, budget, decisions, rescores, settled },
  });
}

/** Resolves with true when a trial can be started, and with false when none runs and none is to be started. */
async function untilNextTrial(book: StudyBook, trials: Together): Promise<boolean> {
  for (;;) {
    await trials.throwFailure();
    if (book.mayStart) return true;
    if (book.isIdle) return false;
    // Whoever stops a study, or gives it minutes, does not wait for trials that have just begun.
    if (book.cutsTrials) await trials.cancel();
    else await untilNews(book, trials);
  }
}

async function untilNews(book: StudyBook, trials: Together): Promise<void> {
  const { version, leftMs } = book;
  const hasNews = (): boolean => book.version !== version || trials.hasFailed;
  if (leftMs === null) await condition(hasNews);
  else await condition(hasNews, leftMs);
}

async function runTrial(
  { pipeline, cache, prepared, trainRows, learning, tune, limits, runId }: TuningStudyInput,
  { train }: ActivityProxies,
  book: StudyBook,
  { number, model, parameters, seed }: SuggestedTrial,
): Promise<void> {
  try {
    const { value, outcome, pruned } = await train.runTrial.executeWithOptions(
      { activityId: `trial-${number}`, summary: `trial ${number}: ${model}` },
      [
        {
          ...{ runId, pipeline, cache, number, model, parameters, prepared, trainRows, learning },
          ...{ again: 0, epochs: tune.epochs, seed, pruning: book.pruningOf(number), limits },
        },
      ],
    );
    const state = pruned === null ? 'complete' : 'pruned';
    const reached = pruned === null ? null : { step: pruned.step, value: pruned.value };
    book.settle(number, model, { state, value, outcome, reached, reason: pruned?.reason ?? null });
  } catch (error) {
    const { code, message } = toFailureSummary(error, 'tune');
    const isCut = isCancellation(error) && book.cutsTrials;
    const reason = isCut ? `ended with its study: ${book.stop?.reason}` : message;
    const nothing = { value: null, outcome: null, reached: null };
    book.settle(number, model, { state: 'failed', ...nothing, reason });
    if (!isCut && !trialFailures.includes(code)) throw error;
  }
}

function isHistoryLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= longHistoryEvents;
}

/** @throws ApplicationFailure `study-failed` when no trial is complete */
function assertSuccess(book: StudyBook): void {
  if (book.rank().length > 0) return;
  const first = book.status().unsaved[0]?.reason ?? 'see the records of its trials';
  throw ApplicationFailure.nonRetryable(
    `looked for the best of ${book.count} trials, but none completed; one of them: ${first}`,
    'study-failed',
    [],
  );
}

/** What activities are told of the study, whichever trial they are about. */
function toSettings(input: TuningStudyInput): StudySettings {
  const {
    runId,
    prepared,
    task,
    classCount,
    trainRows,
    width,
    learning,
    models,
    warmStarts,
    sampler,
  } = input;
  const { space, seed } = input.tune;
  return {
    ...{ runId, prepared, task, classCount, trainRows, width, learning },
    ...{ models, warmStarts, space, sampler, seed },
  };
}
