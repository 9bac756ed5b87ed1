import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { renderPartChange, renderReadyStack, renderStack } from '../render/render-stack.js';

/** `receta up`, `receta down`, `receta status` */
export function addStackCommands(program: Command, context: CommandContext): void {
  addUp(program, context);
  addDown(program, context);
  addStatus(program, context);
}

function addUp(program: Command, { dependencies, output, action }: CommandContext): void {
  const { stack } = dependencies;
  program
    .command('up')
    .description('start the embedded stack: Temporal, MinIO, the API and a worker')
    .option('--detach', 'leave it running in the background')
    .action(
      action(async (options: { detach?: true }) => {
        if (options.detach) {
          await stack.startDetached();
          output.print(renderStack(await stack.describe(), output.colors));
          return exitCodes.ok;
        }
        await stack.run({
          onChange: (status) => output.note([renderPartChange(status)]),
          onReady: (running) => {
            output.note(running.notices);
            output.print(renderReadyStack(running, output.colors));
            output.note(['Ctrl-C stops it']);
          },
        });
        output.note(['stack stopped']);
        return exitCodes.ok;
      }),
    );
}

function addDown(program: Command, { dependencies, output, action }: CommandContext): void {
  program
    .command('down')
    .description('stop the embedded stack; runs and models stay in its state folder')
    .action(
      action(async () => {
        const { supervisor, orphans } = await dependencies.stack.stop();
        const found = supervisor !== null || orphans > 0;
        output.print([found ? 'stack stopped' : 'no stack is running here']);
        return exitCodes.ok;
      }),
    );
}

function addStatus(program: Command, { dependencies, output, action }: CommandContext): void {
  program
    .command('status')
    .description('show the parts of the embedded stack, its addresses and the size of its folder')
    .option('--json', 'one JSON document')
    .action(
      action(async (options: { json?: true }) => {
        const description = await dependencies.stack.describe();
        if (options.json) output.printJson(description);
        else output.print(renderStack(description, output.colors));
        return exitCodes.ok;
      }),
    );
}
