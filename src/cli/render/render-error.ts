import type { Colors } from 'picocolors/types.js';
import { type ErrorCode, RecetaError } from '../../contract/errors.js';
import { renderProblems } from './render-problems.js';

const hints: Partial<Readonly<Record<ErrorCode, string>>> = {
  'alias-not-found': 'receta models show MODEL lists the aliases of a model',
  'backend-unavailable': 'receta doctor says what is missing',
  'model-not-found': 'receta models list shows the models there are',
  'run-not-found': 'receta runs list shows the runs there are',
  'schedule-not-found': 'receta schedule list shows the schedules there are',
  'store-unavailable': 'start the embedded stack with `receta up`, or point S3_ENDPOINT to a store',
  'temporal-unavailable':
    'start the embedded stack with `receta up`, or point TEMPORAL_ADDRESS to a server',
  unauthorized: 'set RECETA_API_KEY to the key of the service',
  'version-not-found': 'receta models show MODEL lists the versions of a model',
};

export interface ErrorOptions {
  readonly colors: Colors;
  /** The pipeline file or data file the problems are about. */
  readonly fileName: string | null;
  /** Show the stack, for whoever works on Receta itself. */
  readonly debug: boolean;
}

/** `error: ...`, one line a problem, and a hint on what to do; never a stack unless asked for. */
export function renderError(error: unknown, options: ErrorOptions): string[] {
  const lines = [`${options.colors.red('error:')} ${toMessage(error)}`];
  if (error instanceof RecetaError) {
    // Some messages list their problems themselves.
    const unsaid = error.problems.filter(({ message }) => !error.message.includes(message));
    lines.push(...renderProblems(unsaid, options.fileName));
    const hint = hints[error.code];
    if (hint !== undefined) lines.push(`hint: ${hint}`);
  } else if (!options.debug) {
    lines.push('hint: this is a defect of Receta; RECETA_DEBUG=1 shows where it happened');
  }
  if (options.debug && error instanceof Error && error.stack !== undefined) {
    lines.push(...error.stack.split('\n').slice(1));
  }
  return lines;
}

function toMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === '' ? 'unknown error' : text;
}
