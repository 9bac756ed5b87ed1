/** What an error means for whoever has to react to it. Translators decide by kind, never by message. */
export type ErrorKind =
  | 'input' // the caller's data or request is wrong; repeating it changes nothing
  | 'not-found'
  | 'conflict' // the state of the service forbids the request
  | 'unauthorized'
  | 'forbidden'
  | 'resource' // a stated limit (memory, time, size) was exceeded
  | 'unavailable' // a server or network is away; repeating may help
  | 'internal'; // a defect of Receta or of its surroundings

/** Every stable error code with its kind. Codes are part of the public interface. */
export const errorKinds = {
  'alias-not-found': 'not-found',
  'api-unreachable': 'unavailable',
  'artifact-corrupt': 'internal',
  'artifact-not-found': 'not-found',
  'backend-unavailable': 'internal',
  'body-too-large': 'resource',
  'child-crashed': 'unavailable',
  'config-invalid': 'input',
  'connection-invalid': 'input',
  'dataset-invalid': 'input',
  'deadline-exceeded': 'resource',
  'expectation-failed': 'input',
  'host-forbidden': 'forbidden',
  'idempotency-conflict': 'conflict',
  internal: 'internal',
  'leakage-found': 'input',
  'memory-limit-exceeded': 'resource',
  'model-invalid': 'internal',
  'model-not-found': 'not-found',
  'pipeline-invalid': 'input',
  'precondition-failed': 'conflict',
  'prediction-input-invalid': 'input',
  'request-invalid': 'input',
  'route-not-found': 'not-found',
  'run-not-found': 'not-found',
  'run-state-conflict': 'conflict',
  'schedule-conflict': 'conflict',
  'schedule-not-found': 'not-found',
  'setup-incomplete': 'unavailable',
  'source-checksum-mismatch': 'input',
  'source-empty': 'input',
  'source-forbidden': 'forbidden',
  'source-not-found': 'input',
  'source-too-large': 'resource',
  'source-unreachable': 'unavailable',
  'source-unreadable': 'input',
  'sql-invalid': 'input',
  'stack-conflict': 'conflict',
  'stack-failed': 'unavailable',
  'store-unavailable': 'unavailable',
  'study-failed': 'input',
  'target-invalid': 'input',
  'temporal-unavailable': 'unavailable',
  'training-diverged': 'input',
  unauthorized: 'unauthorized',
  'unsupported-media-type': 'input',
  'version-not-found': 'not-found',
  'worker-unavailable': 'unavailable',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

/** One of several problems found at once, e.g. in a pipeline file or a prediction request. */
export interface Problem {
  readonly message: string;
  /** Path inside the offending document, e.g. `tune.trials` or `instances[3].island`. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * The one error class of Receta. The message says what was attempted, what was found and what to do;
 * `problems` lists the single findings when there are several.
 */
export class RecetaError extends Error {
  override readonly name = 'RecetaError';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; problems?: readonly Problem[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }
}

/** Narrows an unknown value to a known error code. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorKinds, value);
}
