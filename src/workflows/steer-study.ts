import { ApplicationFailure, defineQuery, defineUpdate, setHandler } from '@temporalio/workflow';
import type { CheckTrialInput, StudySettings } from '../contract/activities.js';
import { studyQueryName, studyUpdates } from '../contract/messages.js';
import type { StudyBudget } from '../contract/study-budget.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { ActivityProxies } from './activity-proxies.js';
import type { StudyBook } from './study-book.js';

const studyQuery = defineQuery<StudyStatus>(studyQueryName);
const pauseUpdate = defineUpdate<StudyStatus>(studyUpdates.pause);
const resumeUpdate = defineUpdate<StudyStatus>(studyUpdates.resume);
const stopUpdate = defineUpdate<StudyStatus>(studyUpdates.stop);
const extendUpdate = defineUpdate<StudyStatus, [number]>(studyUpdates.extend);
const budgetUpdate = defineUpdate<StudyStatus, [Partial<StudyBudget>]>(studyUpdates.budget);
const enqueueUpdate = defineUpdate<StudyStatus, [CheckTrialInput['given']]>(studyUpdates.enqueue);

/** Lets a study be asked and changed while it goes on; what cannot be done is refused before it is in the history. */
export function steerStudy(
  book: StudyBook,
  settings: StudySettings,
  pipeline: ActivityProxies['pipeline'],
): void {
  setHandler(studyQuery, () => book.status());
  setHandler(pauseUpdate, () => change(book, () => book.pause()), {
    validator: () => refuseIf(book, book.isPaused, 'it is paused already'),
  });
  setHandler(resumeUpdate, () => change(book, () => book.resume()), {
    validator: () => refuseIf(book, !book.isPaused, 'it is not paused'),
  });
  setHandler(stopUpdate, () => change(book, () => book.stopNow()), {
    validator: () => refuseIf(book, false, ''),
  });
  setHandler(
    extendUpdate,
    (more) =>
      change(book, () => book.changeBudget({ trials: book.budget.trials + more }, 'extended')),
    {
      validator: (more) => {
        const isCount = Number.isSafeInteger(more) && more > 0;
        refuseIf(book, !isCount, `${more} is no number of trials above 0`);
        assertBudget(book, { trials: book.budget.trials + more });
      },
    },
  );
  setHandler(
    budgetUpdate,
    (budget) => change(book, () => book.changeBudget(budget, 'budget-changed')),
    { validator: (budget) => assertBudget(book, budget) },
  );
  setHandler(
    enqueueUpdate,
    async (given) => {
      // Which parameters a model takes is known to activities alone.
      const checked = await pipeline.checkTrial({ ...settings, given });
      return change(book, () => book.enqueue(checked));
    },
    {
      validator: ({ parameters }) => {
        refuseIf(book, typeof parameters !== 'object', 'no parameters were given');
        const { trials } = book.budget;
        const isFull = book.count + book.enqueuedCount >= trials;
        refuseIf(book, isFull, `all ${trials} trials of its budget are given; extend it first`);
      },
    },
  );
}

function change(book: StudyBook, apply: () => void): StudyStatus {
  apply();
  return book.status();
}

const mostTrials = 10_000;

function assertBudget(book: StudyBook, { trials, minutes, noImprovement }: Partial<StudyBudget>) {
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;
  refuseIf(
    book,
    trials !== undefined && !(isCount(trials) && trials <= mostTrials),
    `${trials} is no number of trials from 1 to ${mostTrials}`,
  );
  refuseIf(
    book,
    trials !== undefined && trials < book.count,
    `${book.count} trials were given already, and ${trials} would be fewer; stop it instead`,
  );
  refuseIf(
    book,
    minutes !== undefined && minutes !== null && !(minutes > 0),
    `${minutes} is no number of minutes above 0`,
  );
  refuseIf(
    book,
    noImprovement !== undefined && noImprovement !== null && !isCount(noImprovement),
    `${noImprovement} is no number of trials above 0`,
  );
}

/** @throws ApplicationFailure that says why a change is refused */
function refuseIf(book: StudyBook, isWrong: boolean, reason: string): void {
  if (book.isClosing) throw refusal('it is ending: its best trials are compared');
  if (isWrong) throw refusal(reason);
}

function refusal(reason: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `The study was not changed: ${reason}.`,
    'request-invalid',
  );
}
