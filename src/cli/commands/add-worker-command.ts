import type { Command } from 'commander';
import { type TaskQueue, taskQueues } from '../../contract/task-queues.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { parseQueues } from '../parse-option.js';

/** `receta worker` */
export function addWorkerCommand(program: Command, { dependencies, action }: CommandContext): void {
  program
    .command('worker')
    .description('serve task queues until told to stop')
    .option(
      '--queues <names>',
      `which of ${taskQueues.join(', ')}, with commas (default: RECETA_QUEUES)`,
      parseQueues,
    )
    .action(
      action(async (options: { queues?: readonly TaskQueue[] }) => {
        await dependencies.runWorker(options.queues ?? null);
        return exitCodes.ok;
      }),
    );
}
