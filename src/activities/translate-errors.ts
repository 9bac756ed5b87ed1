import { Context } from '@temporalio/activity';
import { toApplicationFailure } from './to-application-failure.js';

/** For activities that are no step of their own: only puts failures in the form that Temporal keeps. */
export async function translateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  try {
    return await work();
  } catch (error) {
    if (context.cancellationSignal.aborted) throw context.cancellationSignal.reason;
    throw toApplicationFailure(error, context.info.attempt);
  }
}
