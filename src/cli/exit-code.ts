/** Every exit code of `receta`; part of the public interface and listed in docs/errors.md. */
export const exitCodes = {
  ok: 0,
  runFailed: 1,
  /** Wrong usage, configuration, pipeline file, data or request. */
  invalidInput: 2,
  notFound: 3,
  unauthorized: 4,
  conflict: 5,
  /** Temporal, the store, the API or a source cannot be reached. */
  unreachable: 6,
  /** The run trained and registered a model, and a gate refused it. */
  runRejected: 7,
  runCancelled: 8,
  /** A stated limit of size, memory or time was exceeded. */
  limitExceeded: 9,
  /** A reproduction came to other results than the run that it repeats. */
  diverged: 10,
  internal: 70,
  /** Ctrl-C: the outcome is not known; a watched run goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
