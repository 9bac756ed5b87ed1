/**
 * `waiting`: for the parts it needs; `starting`: launched, not ready yet; `restarting`: ended by itself, started again
 * after a pause; `external`: a server that was there before and is only used.
 */
export type PartState = 'waiting' | 'starting' | 'ready' | 'restarting' | 'stopped' | 'external';

export interface PartStatus {
  readonly name: string;
  readonly state: PartState;
  readonly pid: number | null;
  readonly port: number | null;
  readonly url: string | null;
  /** When the process that runs now was started. */
  readonly startedAt: string | null;
  readonly restarts: number;
  /** How the process ended that was there before. */
  readonly lastExit: string | null;
  readonly logPath: string | null;
}
