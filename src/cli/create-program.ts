import { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { addApiCommand } from './commands/add-api-command.js';
import { addDemoCommand } from './commands/add-demo-command.js';
import { addDoctorCommand } from './commands/add-doctor-command.js';
import { addLineageCommand } from './commands/add-lineage-command.js';
import { addModelsCommands } from './commands/add-models-commands.js';
import { addPredictCommand } from './commands/add-predict-command.js';
import { addReproduceCommand } from './commands/add-reproduce-command.js';
import { addRunCommand } from './commands/add-run-command.js';
import { addRunsCommands } from './commands/add-runs-commands.js';
import { addScheduleCommands } from './commands/add-schedule-commands.js';
import { addStackCommands } from './commands/add-stack-commands.js';
import { addStudyCommands } from './commands/add-study-commands.js';
import { addWorkerCommand } from './commands/add-worker-command.js';

const afterHelp = `
Data goes to stdout, progress and messages to stderr. Exit codes: 0 ok, 1 run failed, 2 wrong input,
3 not found, 4 not allowed, 5 conflict, 6 unreachable, 7 refused by a gate, 8 cancelled, 9 limit exceeded,
10 reproduction diverged, 70 defect, 130 interrupted.`;

/** The whole command line; it prints through the context and throws what goes wrong. */
export function createProgram(context: CommandContext): Command {
  const { stdout, stderr, version } = context.dependencies;
  const program = new Command('receta')
    .description('Durable machine-learning pipelines: from a CSV file to served predictions')
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError('(receta --help shows all commands)')
    .addHelpText('after', afterHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
  addStackCommands(program, context);
  addRunCommand(program, context);
  addRunsCommands(program, context);
  addStudyCommands(program, context);
  addReproduceCommand(program, context);
  addLineageCommand(program, context);
  addPredictCommand(program, context);
  addModelsCommands(program, context);
  addScheduleCommands(program, context);
  addDemoCommand(program, context);
  addDoctorCommand(program, context);
  addWorkerCommand(program, context);
  addApiCommand(program, context);
  return program;
}
