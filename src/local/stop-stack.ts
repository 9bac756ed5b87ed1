import { join, resolve } from 'node:path';
import { ProcessRegistry } from '../processes/process-registry.js';
import { isSupervised, readStackFile, writeStackFile } from './stack-file.js';
import { stopProcess } from './stop-process.js';

export interface StopStackResult {
  /** Pid of the supervisor that was told to stop; `null` when none was running. */
  readonly supervisor: number | null;
  /** Parts that a killed supervisor had left behind and that were ended now. */
  readonly orphans: number;
}

/** Longer than the longest stop of a part, twice in a row. */
const stopGraceMs = 45_000;

/**
 * Stops the stack of a state folder, whichever process supervises it, and ends what a killed supervisor left.
 * Resolves when no process of it is left.
 */
export async function stopStack(options: { readonly stateDir: string }): Promise<StopStackResult> {
  const stateDir = resolve(options.stateDir);
  const file = readStackFile(stateDir);
  const isOwned = file !== null && isSupervised(file);
  if (isOwned) await stopProcess(file.supervisor, stopGraceMs);
  const orphans = await new ProcessRegistry(join(stateDir, 'processes')).killOrphans();
  if (file !== null && readStackFile(stateDir)?.state !== 'stopped') {
    const parts = file.parts.map((part) => ({ ...part, state: 'stopped' as const, pid: null }));
    writeStackFile(stateDir, { ...file, state: 'stopped', parts });
  }
  return { supervisor: isOwned ? file.supervisor.pid : null, orphans };
}
