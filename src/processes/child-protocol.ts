import type { ErrorCode, Problem } from '../contract/errors.js';

/** The only kind of message from parent to child. */
export interface JobEnvelope<Job> {
  readonly kind: 'job';
  readonly job: Job;
  /** Whether the child ends after it, or waits for another one. */
  readonly isLast: boolean;
}

/** A RecetaError in a form that survives the way between two processes. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly problems: readonly Problem[];
  /** Present for errors the child did not expect. */
  readonly stack: string | null;
}

/** What a child says: any number of messages, then one result or one error. */
export type ChildEnvelope<Message, Result> =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'error'; readonly error: WireError };
