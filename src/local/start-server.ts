import { awaitStart } from './await-start.js';
import { launchProcess } from './launch-process.js';
import type { PartSpec } from './part-spec.js';
import { killProcess, stopProcess } from './stop-process.js';

/** A server that runs without supervision: nobody restarts it. */
export interface RunningServer {
  readonly pid: number;
  /** Asks it to end, and kills it after its grace. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/**
 * Starts one part and waits until it is ready.
 *
 * Errors: `stack-failed` when it ends or is not ready in time; it is then gone.
 */
export async function startServer(spec: PartSpec): Promise<RunningServer> {
  const launched = await launchProcess(spec);
  try {
    await awaitStart(spec, launched);
  } catch (error) {
    await killProcess(launched.identity);
    throw error;
  }
  return {
    pid: launched.identity.pid,
    stop: () => stopProcess(launched.identity, spec.stopGraceMs),
    kill: () => killProcess(launched.identity),
  };
}
