import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackConnection } from '../config/config.js';
import { isRunning, type ProcessIdentity } from '../processes/process-identity.js';
import type { PartStatus } from './part-status.js';
import { readCredentials } from './stack-credentials.js';

export interface StackPorts {
  readonly temporal: number;
  readonly temporalUi: number;
  readonly minio: number;
  readonly api: number;
}

export type StackState = 'starting' | 'ready' | 'stopping' | 'stopped';

/** What the supervisor tells other processes, in `stack.json`; holds no secret. */
export interface StackFile {
  readonly format: 'receta-stack/1';
  readonly state: StackState;
  readonly supervisor: ProcessIdentity;
  readonly startedAt: string;
  readonly ports: StackPorts;
  /** `null`: an external server. */
  readonly temporal: StackConnection['temporal'];
  /** `null`: an external store. */
  readonly store: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
  } | null;
  readonly api: { readonly url: string };
  readonly parts: readonly PartStatus[];
}

function toStackFilePath(stateDir: string): string {
  return join(stateDir, 'stack.json');
}

/** Replaces the file as a whole, so that a reader never sees half of it. */
export function writeStackFile(stateDir: string, content: StackFile): void {
  const path = toStackFilePath(stateDir);
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** `null` when there is none, or one that this version cannot read. */
export function readStackFile(stateDir: string): StackFile | null {
  try {
    const content = JSON.parse(readFileSync(toStackFilePath(stateDir), 'utf8')) as StackFile;
    return content.format === 'receta-stack/1' ? content : null;
  } catch {
    return null;
  }
}

/** Tells whether the supervisor that wrote the file still runs. */
export function isSupervised(file: StackFile): boolean {
  return file.state !== 'stopped' && isRunning(file.supervisor);
}

/** How to reach the stack that runs over a state folder; `null` when none does. */
export function readStackConnection(stateDir: string): StackConnection | null {
  const file = readStackFile(stateDir);
  if (file === null || !isSupervised(file)) return null;
  const credentials = readCredentials(stateDir);
  const store =
    file.store === null || credentials === null ? null : { ...file.store, ...credentials };
  return { temporal: file.temporal, store, api: file.api };
}
