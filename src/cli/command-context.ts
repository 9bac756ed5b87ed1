import type { CliDependencies, Connection } from './cli-dependencies.js';
import type { ExitCode } from './exit-code.js';
import type { Output } from './output.js';

/** What a command gets to work with. */
export interface CommandContext {
  readonly dependencies: CliDependencies;
  readonly output: Output;
  /** Wraps a command's function for commander, keeping the exit code that it resolves to. */
  action<Args extends unknown[]>(
    run: (...args: Args) => Promise<ExitCode>,
  ): (...args: Args) => Promise<void>;
  /** Opens the connection for the time of one piece of work. */
  withConnection<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Names the file that problems of a later error are about. */
  blameFile(fileName: string): void;
}
