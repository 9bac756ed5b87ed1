const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls the listener at SIGINT (Ctrl-C), SIGTERM and SIGHUP until the returned function is called. */
export function onStopSignal(listener: () => void): () => void {
  for (const name of stopSignals) process.on(name, listener);
  return () => {
    for (const name of stopSignals) process.off(name, listener);
  };
}

/** Runs work until it ends by itself or a stop signal aborts it. */
export async function untilToldToStop(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const told = new AbortController();
  const forget = onStopSignal(() => told.abort());
  try {
    await work(told.signal);
  } finally {
    forget();
  }
}
