import { isGrpcServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { RecetaError } from '../contract/errors.js';

/** gRPC status codes that decide how a failed call is read. */
const grpcCode = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  unavailable: 14,
  unauthenticated: 16,
} as const;

const awayCodes: ReadonlySet<number> = new Set([
  grpcCode.cancelled,
  grpcCode.deadlineExceeded,
  grpcCode.resourceExhausted,
  grpcCode.unavailable,
]);

const credentialCodes: ReadonlySet<number> = new Set([
  grpcCode.permissionDenied,
  grpcCode.unauthenticated,
]);

/** Where a call went and what it was for, as the message tells it: `cannot <attempted>: ...`. */
export interface TemporalCall {
  readonly attempted: string;
  readonly address: string;
  readonly namespace: string;
}

/**
 * Translates failures of the connection to Temporal: `temporal-unavailable` when the server is away, overloaded,
 * refuses the credentials or lacks the namespace; `request-invalid` when it refuses the arguments. Everything else,
 * such as an unknown workflow, comes back as it is: only the caller knows what it means.
 */
export function toTemporalError(error: unknown, call: TemporalCall): unknown {
  if (error instanceof NamespaceNotFoundError) {
    return new RecetaError(
      'temporal-unavailable',
      `cannot ${call.attempted}: the Temporal server at ${call.address} has no namespace ` +
        `"${call.namespace}"; create it or correct TEMPORAL_NAMESPACE`,
      { cause: error },
    );
  }
  const failure = findGrpcFailure(error);
  if (failure === null) return error;
  const { code, details } = failure;
  if (awayCodes.has(code)) {
    return new RecetaError(
      'temporal-unavailable',
      `cannot ${call.attempted}: the Temporal server at ${call.address} does not answer (${details}); ` +
        'check that it runs and that TEMPORAL_ADDRESS names it',
      { cause: error },
    );
  }
  if (credentialCodes.has(code)) {
    return new RecetaError(
      'temporal-unavailable',
      `cannot ${call.attempted}: the Temporal server at ${call.address} refuses the credentials (${details}); ` +
        'check TEMPORAL_API_KEY and TEMPORAL_NAMESPACE',
      { cause: error },
    );
  }
  if (code === grpcCode.invalidArgument) {
    return new RecetaError(
      'request-invalid',
      `cannot ${call.attempted}: Temporal refuses it: ${details}`,
      {
        cause: error,
      },
    );
  }
  return error;
}

/** The gRPC failure itself or the one that the SDK wrapped. */
function findGrpcFailure(error: unknown): { code: number; details: string } | null {
  const candidate = isGrpcServiceError(error)
    ? error
    : error instanceof Error && isGrpcServiceError(error.cause)
      ? error.cause
      : null;
  return candidate === null ? null : { code: candidate.code, details: candidate.details };
}
