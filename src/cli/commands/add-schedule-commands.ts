import { type Command, Option } from 'commander';
import type { ScheduleDescription } from '../../client/schedule-description.js';
import type { PipelineFile } from '../../pipeline/pipeline-schema.js';
import type { CliClient } from '../cli-dependencies.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { parseDuration } from '../parse-duration.js';
import { parseParam } from '../parse-param.js';
import { preparePlan, readPipeline } from '../read-pipeline.js';
import { renderSchedules } from '../render/render-schedules.js';

/** `receta schedule create|list|pause|resume|trigger|delete` */
export function addScheduleCommands(program: Command, context: CommandContext): void {
  const schedule = program.command('schedule').description('run pipelines again and again');
  addCreate(schedule, context);
  addList(schedule, context);
  addChange(schedule, context, 'pause', 'start no more runs until resumed', 'pauseSchedule');
  addChange(schedule, context, 'resume', 'go on after a pause', 'resumeSchedule');
  addTrigger(schedule, context);
  addDelete(schedule, context);
}

interface CreateOptions {
  readonly param?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly cron?: string;
  readonly every?: number;
  readonly timezone: string;
  readonly catchUp?: number;
  readonly paused?: true;
  readonly json?: true;
}

function addCreate(schedule: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  schedule
    .command('create')
    .argument('<pipeline.yaml>', 'pipeline file')
    .description('make a schedule; a run that still goes on makes the next one be skipped')
    .option('--name <name>', 'name of the schedule (default: name of the pipeline)')
    .option('--param <name=value>', 'value of a parameter of the file; may come again', parseParam)
    .addOption(new Option('--cron <fields>', 'five fields, such as "0 3 * * *"').conflicts('every'))
    .option('--every <duration>', 'interval, such as 12h', parseDuration)
    .option('--timezone <zone>', 'time zone of --cron, such as Europe/Vienna', 'UTC')
    .option('--catch-up <duration>', 'missed runs up to that age are made up for', parseDuration)
    .option('--paused', 'create it paused')
    .option('--json', 'one JSON document')
    .action(
      action(async (fileName: string, options: CreateOptions) => {
        const pipeline = await readPipeline(fileName, options.param ?? {}, context);
        const created = await withConnection(async (connection) => {
          const plan = await preparePlan(pipeline, connection, context);
          return connection.client.createSchedule({
            name: options.name ?? plan.name,
            plan,
            limits: connection.limits,
            cron: options.cron ?? null,
            everyMs: options.every ?? null,
            timezone: options.timezone,
            paused: options.paused === true,
            ...(options.catchUp === undefined ? {} : { catchupWindowMs: options.catchUp }),
          });
        });
        if (readsStoredFiles(pipeline.file)) {
          output.note([
            'a source is a local file: every run reads the bytes that were stored now; give a URL for new data each time',
          ]);
        }
        return showSchedules(context, [created], created, options);
      }),
    );
}

function readsStoredFiles({ sources }: PipelineFile): boolean {
  return Object.values(sources).some(
    ({ place }) => place.kind === 'path' || (place.kind === 'sqlite' && place.file.kind === 'path'),
  );
}

function addList(schedule: Command, context: CommandContext): void {
  schedule
    .command('list')
    .description('list schedules')
    .option('--json', 'one JSON document')
    .action(
      context.action(async (options: { json?: true }) => {
        const schedules = await context.withConnection(({ client }) => client.listSchedules());
        return showSchedules(context, schedules, { schedules }, options);
      }),
    );
}

function addChange(
  schedule: Command,
  context: CommandContext,
  verb: string,
  description: string,
  method: keyof Pick<CliClient, 'pauseSchedule' | 'resumeSchedule'>,
): void {
  schedule
    .command(verb)
    .argument('<schedule>', 'name of the schedule')
    .description(description)
    .option('--note <text>', 'why, for whoever looks at it later')
    .option('--json', 'one JSON document')
    .action(
      context.action(async (name: string, options: { note?: string; json?: true }) => {
        const changed = await context.withConnection(({ client }) =>
          client[method](name, options.note),
        );
        return showSchedules(context, [changed], changed, options);
      }),
    );
}

function addTrigger(schedule: Command, { output, action, withConnection }: CommandContext): void {
  schedule
    .command('trigger')
    .argument('<schedule>', 'name of the schedule')
    .description('start a run now')
    .option('--json', 'one JSON document')
    .action(
      action(async (name: string, options: { json?: true }) => {
        const triggered = await withConnection(({ client }) => client.triggerSchedule(name));
        if (options.json) output.printJson(triggered);
        else if (triggered.runId === null) {
          output.print([`triggered ${name}; its run shows up in \`receta runs list\``]);
        } else {
          output.print([`started run ${triggered.runId}`]);
        }
        return exitCodes.ok;
      }),
    );
}

function addDelete(schedule: Command, { output, action, withConnection }: CommandContext): void {
  schedule
    .command('delete')
    .argument('<schedule>', 'name of the schedule')
    .description('delete a schedule; its runs and models stay')
    .action(
      action(async (name: string) => {
        await withConnection(({ client }) => client.deleteSchedule(name));
        output.print([`deleted schedule ${name}`]);
        return exitCodes.ok;
      }),
    );
}

function showSchedules(
  { output }: CommandContext,
  schedules: readonly ScheduleDescription[],
  document: unknown,
  { json }: { readonly json?: true },
) {
  if (json) output.printJson(document);
  else output.print(renderSchedules(schedules));
  return exitCodes.ok;
}
