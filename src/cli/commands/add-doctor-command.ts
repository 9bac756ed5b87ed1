import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { type ExitCode, exitCodes } from '../exit-code.js';

/** `receta doctor`; `bin/receta.js` runs the same checks even when nothing is installed. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('say which parts were found, where, and how to get what is missing')
    .allowUnknownOption()
    .argument('[options...]')
    .action(
      context.action(
        async (args: string[]): Promise<ExitCode> =>
          (await context.dependencies.runDoctor(args)) === 0
            ? exitCodes.ok
            : exitCodes.invalidInput,
      ),
    );
}
