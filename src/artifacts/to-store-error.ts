import { RecetaError } from '../contract/errors.js';

export interface StoreOperation {
  /** What was attempted, e.g. `Reading s3://receta/runs/a.json`. */
  readonly attempted: string;
  /** Origin of the server, without credentials. */
  readonly endpoint: string;
}

const missingCodes = new Set(['NoSuchKey', 'NotFound']);
const conditionCodes = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);
const credentialCodes = new Set([
  'AccessDenied',
  'AuthorizationHeaderMalformed',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
]);
const requestCodes = new Set([
  'EntityTooLarge',
  'InvalidArgument',
  'InvalidBucketName',
  'InvalidRequest',
  'KeyTooLongError',
  'MethodNotAllowed',
  'NotImplemented',
  'XMinioInvalidObjectName',
]);

/**
 * Translates an error of the minio client or of its connection. What is not known to be lasting becomes
 * `store-unavailable`, so that it is tried again.
 */
export function toStoreError(error: unknown, operation: StoreOperation): RecetaError {
  if (error instanceof RecetaError) return error;
  const { attempted, endpoint } = operation;
  const code = readCode(error);
  const detail = describe(error, code);
  // The client's own errors carry the access key in extra fields, so only their words go on.
  const cause = new Error(detail);
  if (missingCodes.has(code)) {
    return new RecetaError('artifact-not-found', `${attempted}: there is no such object.`);
  }
  if (conditionCodes.has(code)) {
    return new RecetaError('precondition-failed', `${attempted}: somebody else wrote it first.`);
  }
  if (code === 'NoSuchBucket') {
    return new RecetaError(
      'config-invalid',
      `${attempted}: ${endpoint} has no such bucket. Create it or correct the bucket name.`,
    );
  }
  if (credentialCodes.has(code)) {
    return new RecetaError(
      'config-invalid',
      `${attempted}: ${endpoint} refused the credentials (${code}). Check the access key, the secret key and their rights.`,
      { cause },
    );
  }
  if (code === 'RequestTimeTooSkewed') {
    return new RecetaError(
      'config-invalid',
      `${attempted}: the clocks of this machine and of ${endpoint} are more than 15 minutes apart. Set them right.`,
    );
  }
  if (requestCodes.has(code)) {
    return new RecetaError(
      'internal',
      `${attempted}: ${endpoint} refused the request: ${detail}.`,
      {
        cause,
      },
    );
  }
  return new RecetaError(
    'store-unavailable',
    `${attempted}: the object store at ${endpoint} did not serve the request: ${detail}. ` +
      'Check that it runs and can be reached; repeating may help.',
    { cause },
  );
}

function readCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function describe(error: unknown, code: string): string {
  // A refused connection to a name with several addresses is an AggregateError with an empty message.
  const message = error instanceof Error ? error.message : String(error);
  if (message === '') return code === '' ? 'unknown error' : code;
  return code === '' || message.includes(code) ? message : `${code}, ${message}`;
}
