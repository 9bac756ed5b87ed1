import { Context } from '@temporalio/activity';
import { toApplicationFailure } from './to-application-failure.js';

/** How often a working activity tells the server that it lives. */
const heartbeatIntervalMs = 1_000;

/** For activities that are no step of their own: heartbeats, and failures in the form that Temporal keeps. */
export async function translateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatIntervalMs);
  try {
    return await work();
  } catch (error) {
    if (context.cancellationSignal.aborted) throw context.cancellationSignal.reason;
    throw toApplicationFailure(error, context.info.attempt);
  } finally {
    clearInterval(beat);
  }
}
