import { type ErrorCode, type ErrorKind, type Problem, RecetaError } from '../contract/errors.js';

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  input: 400,
  'not-found': 404,
  conflict: 409,
  unauthorized: 401,
  forbidden: 403,
  resource: 422,
  unavailable: 503,
  internal: 500,
};

const statusOfCode: Partial<Record<ErrorCode, number>> = {
  'body-too-large': 413,
  'precondition-failed': 412,
  'unsupported-media-type': 415,
};

const titleOfKind: Readonly<Record<ErrorKind, string>> = {
  input: 'The request is wrong',
  'not-found': 'There is no such thing',
  conflict: 'The present state forbids it',
  unauthorized: 'A key is needed',
  forbidden: 'This is not allowed',
  resource: 'A limit was exceeded',
  unavailable: 'A service is away; try again later',
  internal: 'Something is broken here',
};

/** Problem details of RFC 9457, with members of our own: code, requestId and the single findings. */
export interface ProblemDetails {
  /** `urn:receta:error:<code>` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors: readonly Problem[];
  /** The detail again under the name that clients of TensorFlow Serving read; on prediction routes only. */
  readonly error?: string;
}

export interface ProblemRequest {
  readonly path: string;
  readonly requestId: string;
}

/** The one translator from errors to HTTP. An error that nobody typed tells the caller nothing but its request id. */
export function errorToProblem(error: unknown, request: ProblemRequest): ProblemDetails {
  const known = toKnownError(error, request);
  const { code, kind, message: detail, problems } = known;
  return {
    type: `urn:receta:error:${code}`,
    title: titleOfKind[kind],
    status: statusOfCode[code] ?? statusOfKind[kind],
    detail,
    instance: request.path,
    code,
    requestId: request.requestId,
    errors: problems,
    ...(request.path.endsWith(':predict') ? { error: detail } : {}),
  };
}

function toKnownError(error: unknown, { requestId }: ProblemRequest): RecetaError {
  if (error instanceof RecetaError && error.code !== 'internal') return error;
  if (isMalformedUrl(error)) {
    return new RecetaError(
      'request-invalid',
      'the path of the request is not valid percent-encoding',
    );
  }
  return new RecetaError(
    'internal',
    `an unexpected error happened; the log of the API tells more about request ${requestId}`,
  );
}

/** Express raises these itself while it decodes the parameters of a path. */
function isMalformedUrl(error: unknown): boolean {
  return error instanceof URIError;
}
