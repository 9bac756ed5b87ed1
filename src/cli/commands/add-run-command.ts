import { type Command, Option } from 'commander';
import { type StepName, stepNames } from '../../contract/steps.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { parseParam } from '../parse-param.js';
import { parseStep } from '../parse-step.js';
import { preparePlan, readPipeline } from '../read-pipeline.js';
import { watchToEnd } from './watch-to-end.js';

interface RunOptions {
  readonly param?: Readonly<Record<string, string>>;
  readonly from?: StepName;
  readonly force?: true;
  readonly watch?: true;
  readonly idempotencyKey?: string;
  readonly json?: true;
}

/** `receta run` */
export function addRunCommand(program: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  program
    .command('run')
    .argument('<pipeline.yaml>', 'pipeline file')
    .description('run a pipeline')
    .option('--param <name=value>', 'value of a parameter of the file; may come again', parseParam)
    .option('--from <step>', 'compute this step and all later ones again', parseStep)
    .addOption(
      new Option('--force', 'compute every step again, whatever is known').conflicts('from'),
    )
    .option('--watch', 'follow the run to its end; the exit code then tells the outcome')
    .option('--idempotency-key <key>', 'the same key gives the same run, however often it is sent')
    .option('--json', 'one JSON document on stdout')
    .action(
      action(async (fileName: string, options: RunOptions) => {
        const pipeline = await readPipeline(fileName, options.param ?? {}, context);
        return withConnection(async (connection) => {
          const plan = await preparePlan(pipeline, connection, context);
          const { runId, created } = await connection.client.startRun({
            plan,
            limits: connection.limits,
            cache: { recomputeFrom: toFirstStep(options) },
            idempotencyKey: options.idempotencyKey ?? null,
          });
          const json = options.json === true;
          output.note([created ? `started run ${runId}` : `run ${runId} was started before`]);
          if (options.watch) return watchToEnd(runId, connection, context, { json });
          if (json) output.printJson({ runId, created });
          else output.print([`watch it: receta runs show ${runId} --watch`]);
          return exitCodes.ok;
        });
      }),
    );
}

function toFirstStep({ from, force }: RunOptions): StepName | null {
  return force === true ? stepNames[0] : (from ?? null);
}
