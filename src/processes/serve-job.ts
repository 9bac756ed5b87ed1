import type { ChildEnvelope, JobEnvelope } from './child-protocol.js';
import { toWireError } from './wire-error.js';

/**
 * The child's side of `runChild`: waits for a job, runs the handler, sends its result or error, and exits after an
 * error and after the last job.
 * The process kills itself as soon as its parent is gone, whatever the handler is doing.
 */
export function serveJob<Job, Message, Result>(
  handler: (job: Job, report: (message: Message) => void) => Promise<Result>,
): void {
  // SIGKILL rather than exit(): native threads may hold locks that an orderly exit would wait for.
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  if (!process.connected) {
    die();
    return;
  }
  process.once('disconnect', die);

  const send = (envelope: ChildEnvelope<Message, Result>): Promise<void> =>
    new Promise((resolve) => process.send?.(envelope, undefined, {}, () => resolve()));
  const report = (message: Message): void => void send({ kind: 'message', message });

  process.on('message', ({ job, isLast }: JobEnvelope<Job>) => {
    // A handler that throws synchronously is caught as well.
    Promise.resolve()
      .then(() => handler(job, report))
      .then(
        async (result) => {
          await send({ kind: 'result', result });
          if (isLast) process.exit(0);
        },
        async (thrown: unknown) => {
          await send({ kind: 'error', error: toWireError(thrown) });
          process.exit(0);
        },
      );
  });
}
