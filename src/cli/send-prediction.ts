import { type ErrorCode, isErrorCode, type Problem, RecetaError } from '../contract/errors.js';
import type { PredictionRequest } from './prediction-request.js';

/** The service's answer; only the list of predictions is looked at here. */
export interface PredictionReply {
  readonly predictions: readonly unknown[];
  readonly [field: string]: unknown;
}

export interface AnsweredPrediction {
  readonly reply: PredictionReply;
  /** Version of the model that answered. */
  readonly version: string | null;
}

/**
 * Asks the HTTP API for predictions.
 *
 * @throws RecetaError `api-unreachable`, or the code that the API answered with
 */
export async function sendPrediction(
  request: PredictionRequest,
  fetch: typeof globalThis.fetch,
): Promise<AnsweredPrediction> {
  const { url, headers, body } = request;
  const response = await fetch(url, { method: 'POST', headers, body }).catch((cause: unknown) => {
    throw new RecetaError(
      'api-unreachable',
      `cannot ask ${url} for predictions: no answer; start the stack with \`receta up\`, or point RECETA_API_URL to the API`,
      { cause },
    );
  });
  const text = await response.text();
  const reply = parseReply(text);
  if (response.ok && isPredictionReply(reply)) {
    return { reply, version: response.headers.get('x-model-version') };
  }
  throw toError(url, response.status, reply, text);
}

function parseReply(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isPredictionReply(reply: unknown): reply is PredictionReply {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    'predictions' in reply &&
    Array.isArray(reply.predictions)
  );
}

/** Reads problem details (RFC 9457) back into the error they were made from. */
function toError(url: string, status: number, reply: unknown, text: string): RecetaError {
  const fields: Record<string, unknown> =
    typeof reply === 'object' && reply !== null ? { ...reply } : {};
  const { code, detail, errors } = fields;
  if (isErrorCode(code) && typeof detail === 'string') {
    return new RecetaError(code, detail, {
      problems: Array.isArray(errors) ? errors.filter(isProblem) : [],
    });
  }
  return new RecetaError(
    codeOfStatus(status),
    `cannot read the answer of ${url}: status ${status}, ${text.slice(0, 200) || 'empty body'}; is that the API of Receta?`,
  );
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'route-not-found';
  return 'api-unreachable';
}
