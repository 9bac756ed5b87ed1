import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { runDemo } from '../demo/run-demo.js';

/** `receta demo` */
export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('run the examples on the embedded stack, from file to served prediction')
    .option('--keep', 'leave the stack up afterwards')
    .option('--json', 'end with one line of JSON on stdout')
    .action(
      context.action((options: { keep?: true; json?: true }) =>
        runDemo(context, { keep: options.keep === true, json: options.json === true }),
      ),
    );
}
