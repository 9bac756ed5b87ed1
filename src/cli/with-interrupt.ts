import { RecetaError } from '../contract/errors.js';
import type { CliDependencies } from './cli-dependencies.js';
import { type ExitCode, exitCodes } from './exit-code.js';

/** Runs work whose signal is aborted by the first Ctrl-C, SIGTERM or SIGHUP. */
export async function withInterrupt(
  { onInterrupt }: Pick<CliDependencies, 'onInterrupt'>,
  work: (interrupted: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interrupt = new AbortController();
  const stopListening = onInterrupt(() => interrupt.abort());
  try {
    return await work(interrupt.signal);
  } catch (error) {
    const isOurs = error instanceof RecetaError && error.code === 'stack-failed';
    if (interrupt.signal.aborted && isOurs) return exitCodes.interrupted;
    throw error;
  } finally {
    stopListening();
  }
}
