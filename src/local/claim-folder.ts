import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecetaError } from '../contract/errors.js';
import {
  isRunning,
  type ProcessIdentity,
  readProcessIdentity,
} from '../processes/process-identity.js';

interface Claim extends ProcessIdentity {
  readonly since: string;
}

/**
 * Makes this process the one owner of a state folder, until the returned function is called or the process ends.
 *
 * Every candidate first writes a claim of its own and then looks for claims of living others, so that of two that
 * start at the same moment at most one goes on; claims of the dead are removed on the way.
 *
 * Errors: `stack-conflict`, naming the owner.
 */
export function claimFolder(stateDir: string, nowMs: number): () => void {
  const folder = join(stateDir, 'owners');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = readProcessIdentity(process.pid);
  if (own === null) throw new RecetaError('internal', 'Could not read /proc/self/stat');
  const claim: Claim = { ...own, since: new Date(nowMs).toISOString() };
  const name = `${own.pid}-${own.startTime}.json`;
  const path = join(folder, name);
  try {
    writeFileSync(path, JSON.stringify(claim), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw conflict(stateDir, claim);
    throw cause;
  }
  const owner = findLivingClaim(folder, name);
  if (owner !== null) {
    rmSync(path, { force: true });
    throw conflict(stateDir, owner);
  }
  return () => rmSync(path, { force: true });
}

/** The conflict that a claim would meet now; `null` when the folder is free. */
export function describeOwner(stateDir: string): RecetaError | null {
  const owner = findLivingClaim(join(stateDir, 'owners'), null);
  return owner === null ? null : conflict(stateDir, owner);
}

function findLivingClaim(folder: string, ownName: string | null): Claim | null {
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder)) {
    if (name === ownName) continue;
    const path = join(folder, name);
    const claim = readClaim(path);
    if (claim === null) continue;
    if (isRunning(claim)) return claim;
    rmSync(path, { force: true });
  }
  return null;
}

/** A claim that is being written counts as living: its process is named by its file. */
function readClaim(path: string): Claim | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Claim;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const pid = Number(/(\d+)-\d+\.json$/.exec(path)?.[1]);
    const identity = readProcessIdentity(pid);
    return identity === null ? null : { ...identity, since: 'just now' };
  }
}

function conflict(stateDir: string, owner: Claim): RecetaError {
  return new RecetaError(
    'stack-conflict',
    `The state folder ${stateDir} belongs to the stack of process ${owner.pid}, running since ${owner.since}. ` +
      'Stop that one with `receta down`, or choose another folder with RECETA_STATE_DIR.',
  );
}
