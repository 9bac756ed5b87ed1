import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { outcomeToExitCode } from '../error-to-exit-code.js';
import { exitCodes } from '../exit-code.js';
import { renderReproduction } from '../render/render-reproduction.js';
import { renderRunSummary } from '../render/render-run-summary.js';
import { watchRun } from '../watch-run.js';

/** `receta reproduce` */
export function addReproduceCommand(program: Command, context: CommandContext): void {
  const { output, action, withConnection, dependencies } = context;
  program
    .command('reproduce')
    .argument('<run>', 'id of a run that succeeded or was refused by a gate')
    .description('run the same plan over the same files again, and compare what comes out')
    .option('--json', 'one JSON document on stdout')
    .action(
      action((runId: string, options: { json?: true }) =>
        withConnection(async ({ client, limits }) => {
          const started = await client.reproduceRun(runId, { limits });
          output.note([`started run ${started.runId}, which repeats ${runId}`]);
          const run = await watchRun(started.runId, client, output, dependencies);
          if (run === null) {
            output.note([`detached; the run goes on: receta runs show ${started.runId} --watch`]);
            return exitCodes.interrupted;
          }
          if (run.outcome !== 'succeeded') {
            if (options.json) output.printJson(run);
            else output.print(renderRunSummary(run, output.colors));
            return run.outcome === null ? exitCodes.internal : outcomeToExitCode(run.outcome);
          }
          const reproduction = await client.compareReproduction(started.runId);
          if (options.json) output.printJson(reproduction);
          else output.print(renderReproduction(reproduction, output.colors));
          return reproduction.verdict === 'diverged' ? exitCodes.diverged : exitCodes.ok;
        }),
      ),
    );
}
