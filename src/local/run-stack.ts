import { type Stack, type StartStackOptions, startStack } from './start-stack.js';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a stack in the foreground: starts it, tells when it is ready, and stops it at SIGINT, SIGTERM or SIGHUP, also
 * when the signal comes during the start. Resolves when no process of it is left.
 *
 * Errors: those of `startStack`, unless the start was ended by a signal.
 */
export async function runStack(
  options: Omit<StartStackOptions, 'signal'> & { readonly onReady: (stack: Stack) => void },
): Promise<void> {
  const told = new AbortController();
  const tell = (): void => told.abort();
  for (const name of stopSignals) process.on(name, tell);
  try {
    const stack = await startUnlessTold(options, told.signal);
    if (stack === null) return;
    options.onReady(stack);
    await untilAborted(told.signal);
    await stack.stop();
  } finally {
    for (const name of stopSignals) process.off(name, tell);
  }
}

async function startUnlessTold(
  options: StartStackOptions,
  signal: AbortSignal,
): Promise<Stack | null> {
  try {
    return await startStack({ ...options, signal });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    // A promise alone does not keep a process alive; the parts of an external-only stack might not either.
    const alive = setInterval(() => undefined, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      resolve();
    });
  });
}
