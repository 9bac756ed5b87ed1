import type { WireError } from './child-protocol.js';
import { toWireError } from './wire-error.js';

/** One request to a `ChildServer`; its reply bears the same number. */
export interface CallEnvelope<Request> {
  readonly call: number;
  readonly request: Request;
}

export type ReplyEnvelope<Reply> =
  | { readonly call: number; readonly ok: true; readonly reply: Reply }
  | { readonly call: number; readonly ok: false; readonly error: WireError };

/**
 * The child's side of `ChildServer`: answers calls until its parent is gone, whatever the handler is doing then.
 */
export function serveCalls<Request, Reply>(handler: (request: Request) => Promise<Reply>): void {
  // SIGKILL rather than exit(): native threads may hold locks that an orderly exit would wait for.
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  if (!process.connected) {
    die();
    return;
  }
  process.once('disconnect', die);
  const send = (envelope: ReplyEnvelope<Reply>): void => void process.send?.(envelope);

  process.on('message', ({ call, request }: CallEnvelope<Request>) => {
    // A handler that throws synchronously is caught as well.
    Promise.resolve()
      .then(() => handler(request))
      .then(
        (reply) => send({ call, ok: true, reply }),
        (thrown: unknown) => send({ call, ok: false, error: toWireError(thrown) }),
      );
  });
}
