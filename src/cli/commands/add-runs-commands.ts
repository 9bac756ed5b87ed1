import type { Command } from 'commander';
import { Option } from 'commander';
import { type StepName, stepNames } from '../../contract/steps.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { parseInteger } from '../parse-option.js';
import { renderLogLine } from '../render/render-log-line.js';
import { renderRunDiff } from '../render/render-run-diff.js';
import { renderRunList } from '../render/render-run-list.js';
import { renderRunSummary } from '../render/render-run-summary.js';
import { watchToEnd } from './watch-to-end.js';

const followIntervalMs = 1000;

/** `receta runs list|show|diff|cancel|retry|logs` */
export function addRunsCommands(program: Command, context: CommandContext): void {
  const runs = program.command('runs').description('look at runs and steer them');
  addList(runs, context);
  addShow(runs, context);
  addDiff(runs, context);
  addCancel(runs, context);
  addRetry(runs, context);
  addLogs(runs, context);
}

function addList(runs: Command, { output, action, withConnection }: CommandContext): void {
  runs
    .command('list')
    .description('list runs, newest first')
    .option('--limit <count>', 'runs to show, 1 to 200', parseInteger(1, 200), 20)
    .option('--cursor <cursor>', 'where an earlier list ended')
    .option('--json', 'one JSON document')
    .action(
      action(async (options: { limit: number; cursor?: string; json?: true }) => {
        const page = await withConnection(({ client }) =>
          client.listRuns({ limit: options.limit, cursor: options.cursor ?? null }),
        );
        if (options.json) {
          output.printJson(page);
          return exitCodes.ok;
        }
        output.print(renderRunList(page.runs, output.colors));
        if (page.nextCursor !== null) {
          output.note([`more: receta runs list --cursor ${page.nextCursor}`]);
        }
        return exitCodes.ok;
      }),
    );
}

function addShow(runs: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  runs
    .command('show')
    .argument('<run>', 'id of the run')
    .description('show one run: steps, trials, metrics, model')
    .option('--watch', 'follow it to its end')
    .option('--json', 'one JSON document')
    .action(
      action((runId: string, options: { watch?: true; json?: true }) =>
        withConnection(async (connection) => {
          const json = options.json === true;
          if (options.watch) return watchToEnd(runId, connection, context, { json });
          const run = await connection.client.describeRun(runId);
          if (json) output.printJson(run);
          else output.print(renderRunSummary(run, output.colors));
          return exitCodes.ok;
        }),
      ),
    );
}

function addDiff(runs: Command, { output, action, withConnection }: CommandContext): void {
  runs
    .command('diff')
    .argument('<a>', 'id of a finished run')
    .argument('<b>', 'id of another')
    .description('set two runs side by side: pipeline, data, code, metrics')
    .option('--json', 'one JSON document')
    .action(
      action(async (a: string, b: string, options: { json?: true }) => {
        const diff = await withConnection(({ client }) => client.diffRuns(a, b));
        if (options.json) output.printJson(diff);
        else output.print(renderRunDiff(diff, output.colors));
        return exitCodes.ok;
      }),
    );
}

function addCancel(runs: Command, { output, action, withConnection }: CommandContext): void {
  runs
    .command('cancel')
    .argument('<run>', 'id of the run')
    .description('stop a run; a finished one stays as it is')
    .action(
      action(async (runId: string) => {
        const run = await withConnection(({ client }) => client.cancelRun(runId));
        const message =
          run.state === 'finished' && run.outcome !== 'cancelled'
            ? `run ${runId} was already finished: ${run.outcome}`
            : `run ${runId} is being cancelled`;
        output.print([message]);
        return exitCodes.ok;
      }),
    );
}

function addRetry(runs: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  runs
    .command('retry')
    .argument('<run>', 'id of a failed, cancelled or rejected run')
    .description('start a new run of the same plan')
    .option('--watch', 'follow the new run to its end')
    .option('--json', 'one JSON document')
    .action(
      action((runId: string, options: { watch?: true; json?: true }) =>
        withConnection(async (connection) => {
          const json = options.json === true;
          const started = await connection.client.retryRun(runId);
          if (options.watch) return watchToEnd(started.runId, connection, context, { json });
          if (json) output.printJson(started);
          else output.print([`started run ${started.runId}`]);
          return exitCodes.ok;
        }),
      ),
    );
}

function addLogs(runs: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  runs
    .command('logs')
    .argument('<run>', 'id of the run')
    .description('print the log of a run')
    .addOption(new Option('--step <step>', 'lines of one step only').choices([...stepNames]))
    .option('--follow', 'go on until the run is finished')
    .option('--json', 'one JSON document a line')
    .action(
      action((runId: string, options: { step?: StepName; follow?: true; json?: true }) =>
        withConnection(async ({ client }) => {
          let after: string | null = null;
          for (;;) {
            // Asked before reading: lines that are stored later than this look are read in the next round.
            const finished = (await client.describeRun(runId)).state === 'finished';
            let count: number;
            do {
              const page = await client.readLogs(runId, { step: options.step ?? null, after });
              after = page.after;
              count = page.lines.length;
              output.print(
                page.lines.map((line) =>
                  options.json ? JSON.stringify(line) : renderLogLine(line, output.colors),
                ),
              );
            } while (count > 0);
            if (finished || !options.follow) return exitCodes.ok;
            await context.dependencies.sleep(followIntervalMs);
          }
        }),
      ),
    );
}
