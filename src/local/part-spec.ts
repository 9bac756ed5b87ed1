/** One program of the stack as data: how it is started, when it is ready, how long it may take to stop. */
export interface PartSpec {
  readonly name: string;
  /** Names of the parts that must have been ready before this one is started. */
  readonly needs: readonly string[];
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
  readonly port: number | null;
  readonly url: string | null;
  /** Run before each start. */
  readonly beforeStart?: () => void;
  /** Resolves when the part can do its work, rejects while it cannot; asked again until `startDeadlineMs`. */
  readonly checkReady: () => Promise<void>;
  /** Run after `checkReady` at each start, before the part counts as ready. */
  readonly prepare?: () => Promise<void>;
  readonly startDeadlineMs: number;
  readonly stopGraceMs: number;
}
