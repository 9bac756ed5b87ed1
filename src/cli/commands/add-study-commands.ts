import { type Command, Option } from 'commander';
import type { StudyChange } from '../../contract/messages.js';
import { modelNames } from '../../contract/model-names.js';
import type { Parameters } from '../../contract/run-status.js';
import type { StudyBudget } from '../../contract/study-budget.js';
import type { CommandContext } from '../command-context.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { orNone, parseInteger, parsePositive } from '../parse-option.js';
import { parseParameter } from '../parse-parameter.js';
import { renderStudy } from '../render/render-study.js';
import { renderStudyStatus } from '../render/render-study-status.js';

const mostTrials = 10_000;

/** `receta study show|pause|resume|stop|extend|budget|enqueue` */
export function addStudyCommands(program: Command, context: CommandContext): void {
  const study = program.command('study').description('look at the study of a run and steer it');
  addShow(study, context);
  addSimple(study, context, 'pause', 'start no further trials until resumed; running ones go on');
  addSimple(study, context, 'resume', 'go on after a pause');
  addSimple(study, context, 'stop', 'end it now; the run goes on with the best trial so far');
  addExtend(study, context);
  addBudget(study, context);
  addEnqueue(study, context);
}

function addShow(study: Command, { output, action, withConnection }: CommandContext): void {
  study
    .command('show')
    .argument('<run>', 'id of the run')
    .description('show a study, live or ended: budget, decisions, trials, importance of parameters')
    .option('--limit <count>', 'trials to show, the best ones', parseInteger(1, mostTrials), 50)
    .option('--json', 'one JSON document, with all trials')
    .action(
      action(async (runId: string, options: { limit: number; json?: true }) => {
        const found = await withConnection(({ client }) => client.readStudy(runId));
        if (options.json) output.printJson(found);
        else output.print(renderStudy(found, options.limit, output.colors));
        return exitCodes.ok;
      }),
    );
}

interface SteerOptions {
  readonly json?: true;
}

function addSimple(
  study: Command,
  context: CommandContext,
  kind: 'pause' | 'resume' | 'stop',
  description: string,
): void {
  addChange(study, kind, description, []).action(
    context.action((runId: string, options: SteerOptions) =>
      steer(runId, { kind }, options, context),
    ),
  );
}

function addExtend(study: Command, context: CommandContext): void {
  const trials = new Option('--trials <count>', 'so many more')
    .argParser(parseInteger(1, mostTrials))
    .makeOptionMandatory();
  addChange(study, 'extend', 'add trials to the budget', [trials]).action(
    context.action((runId: string, options: SteerOptions & { readonly trials: number }) =>
      steer(runId, { kind: 'extend', trials: options.trials }, options, context),
    ),
  );
}

/** As commander hands them out: it would make an empty text of `null`. */
interface BudgetOptions extends SteerOptions {
  readonly trials?: number;
  readonly minutes?: number | 'none';
  readonly noImprovement?: number | 'none';
}

function addBudget(study: Command, context: CommandContext): void {
  addChange(study, 'budget', 'change what ends it; what is left out stays', budgetOptions()).action(
    context.action((runId: string, options: BudgetOptions, self: Command) => {
      const budget = toBudget(options);
      if (Object.keys(budget).length === 0) {
        self.error('error: give --trials, --minutes or --no-improvement');
      }
      return steer(runId, { kind: 'budget', budget }, options, context);
    }),
  );
}

function budgetOptions(): readonly Option[] {
  const noImprovement = new Option(
    '--no-improvement <count>',
    'ended trials in a row that are no better than the best before, or none',
  ).argParser(orNone(parseInteger(1, mostTrials)));
  // Commander would take it for the opposite of an option `--improvement`.
  noImprovement.negate = false;
  return [
    new Option('--trials <count>', 'trials in all').argParser(parseInteger(1, mostTrials)),
    new Option('--minutes <count>', 'minutes in which it is not paused, or none').argParser(
      orNone(parsePositive),
    ),
    noImprovement,
  ];
}

function toBudget({ trials, minutes, noImprovement }: BudgetOptions): Partial<StudyBudget> {
  const toBound = (value: number | 'none'): number | null => (value === 'none' ? null : value);
  return {
    ...(trials === undefined ? {} : { trials }),
    ...(minutes === undefined ? {} : { minutes: toBound(minutes) }),
    ...(noImprovement === undefined ? {} : { noImprovement: toBound(noImprovement) }),
  };
}

interface EnqueueOptions extends SteerOptions {
  readonly model?: string;
  readonly param?: Parameters;
}

function addEnqueue(study: Command, context: CommandContext): void {
  const model = new Option('--model <model>', 'model to try; needed where the study has several');
  const param = new Option(
    '--param <name=value>',
    'value of a parameter, others have defaults; may come again',
  );
  const options = [model.choices([...modelNames]), param.argParser(parseParameter)];
  addChange(study, 'enqueue', 'try given parameters next', options).action(
    context.action((runId: string, given: EnqueueOptions) => {
      const { model: name = null, param: parameters = {} } = given;
      return steer(runId, { kind: 'enqueue', model: name, parameters }, given, context);
    }),
  );
}

function addChange(
  study: Command,
  name: StudyChange['kind'],
  description: string,
  options: readonly Option[],
): Command {
  const command = study.command(name).argument('<run>', 'id of the run').description(description);
  for (const option of options) command.addOption(option);
  return command.option('--json', 'one JSON document');
}

async function steer(
  runId: string,
  change: StudyChange,
  { json }: SteerOptions,
  { output, withConnection }: CommandContext,
): Promise<ExitCode> {
  const status = await withConnection(({ client }) => client.steerStudy(runId, change));
  if (json) output.printJson(status);
  else output.print(renderStudyStatus(runId, status));
  return exitCodes.ok;
}
