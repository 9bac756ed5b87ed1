import { resolve } from 'node:path';
import { readProcessIdentity } from '../processes/process-identity.js';
import { measureFolder } from './folder-size.js';
import type { PartState, PartStatus } from './part-status.js';
import { isSupervised, readStackFile, type StackFile, type StackState } from './stack-file.js';

/** `crashed`: its supervisor is gone without having stopped it. */
export type DescribedState = StackState | 'crashed' | 'never-started';

export interface PartDescription extends Omit<PartStatus, 'startedAt'> {
  readonly state: PartState;
  readonly uptimeMs: number | null;
}

/** What `receta status` shows. */
export interface StackDescription {
  readonly stateDir: string;
  readonly state: DescribedState;
  /** Pid of the supervisor. */
  readonly supervisor: number | null;
  readonly uptimeMs: number | null;
  readonly apiUrl: string | null;
  readonly temporalUiUrl: string | null;
  readonly parts: readonly PartDescription[];
  readonly sizeBytes: number;
  /** How to delete everything the stack keeps; possible once it is stopped. */
  readonly deleteCommand: string;
}

/** Describes the stack of a state folder, from its file and from the processes that really run. */
export async function describeStack(options: {
  readonly stateDir: string;
  readonly nowMs: number;
}): Promise<StackDescription> {
  const stateDir = resolve(options.stateDir);
  const file = readStackFile(stateDir);
  const isOwned = file !== null && isSupervised(file);
  return {
    stateDir,
    state: decideState(file, isOwned),
    supervisor: isOwned ? file.supervisor.pid : null,
    uptimeMs: isOwned ? options.nowMs - Date.parse(file.startedAt) : null,
    apiUrl: isOwned ? file.api.url : null,
    temporalUiUrl: isOwned ? (file.temporal?.uiUrl ?? null) : null,
    parts: (file?.parts ?? []).map((part) => describePart(part, isOwned, options.nowMs)),
    sizeBytes: await measureFolder(stateDir),
    deleteCommand: `rm -rf ${quote(stateDir)}`,
  };
}

function decideState(file: StackFile | null, isOwned: boolean): DescribedState {
  if (file === null) return 'never-started';
  return isOwned || file.state === 'stopped' ? file.state : 'crashed';
}

function describePart(
  { startedAt, ...part }: PartStatus,
  isOwned: boolean,
  nowMs: number,
): PartDescription {
  if (part.state === 'external') return { ...part, uptimeMs: null };
  const runs = isOwned && part.pid !== null && readProcessIdentity(part.pid) !== null;
  if (!runs) {
    const state = isOwned ? part.state : 'stopped';
    return { ...part, state, pid: null, uptimeMs: null };
  }
  return { ...part, uptimeMs: startedAt === null ? null : nowMs - Date.parse(startedAt) };
}

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
