import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';

/** `receta api` */
export function addApiCommand(program: Command, { dependencies, action }: CommandContext): void {
  program
    .command('api')
    .description('serve the HTTP API until told to stop')
    .action(
      action(async () => {
        await dependencies.runApi();
        return exitCodes.ok;
      }),
    );
}
