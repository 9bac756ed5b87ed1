import { CommanderError } from 'commander';
import type { CliDependencies } from './cli-dependencies.js';
import type { CommandContext } from './command-context.js';
import { createProgram } from './create-program.js';
import { errorToExitCode } from './error-to-exit-code.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { createOutput } from './output.js';
import { renderError } from './render/render-error.js';

/**
 * Runs one command line and resolves to its exit code; never rejects.
 *
 * @param args what stands behind `receta`
 */
export async function runCli(
  args: readonly string[],
  dependencies: CliDependencies,
): Promise<ExitCode> {
  const output = createOutput(dependencies);
  let exitCode: ExitCode = exitCodes.ok;
  let fileName: string | null = null;
  const context: CommandContext = {
    dependencies,
    output,
    action:
      (run) =>
      async (...actionArgs) => {
        exitCode = await run(...actionArgs);
      },
    withConnection: async (work) => {
      const connection = await dependencies.connect();
      try {
        return await work(connection);
      } finally {
        await connection.close();
      }
    },
    blameFile: (name) => {
      fileName = name;
    },
  };
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already printed its own message.
    if (!(error instanceof CommanderError)) {
      const { debug } = dependencies.terminal;
      output.note(renderError(error, { colors: output.noteColors, fileName, debug }));
    }
    return errorToExitCode(error);
  }
}
