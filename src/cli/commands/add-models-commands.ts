import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { parseInteger } from '../parse-option.js';
import { renderModels, renderVersions } from '../render/render-models.js';
import { addModelExport } from './add-model-export.js';

/** `receta models list|show|export` */
export function addModelsCommands(program: Command, context: CommandContext): void {
  const models = program
    .command('models')
    .description('look at registered models, and export them');
  addList(models, context);
  addShow(models, context);
  addModelExport(models, context);
}

function addList(models: Command, { output, action, withConnection }: CommandContext): void {
  models
    .command('list')
    .description('list models by name')
    .option('--limit <count>', 'models to show, 1 to 200', parseInteger(1, 200), 50)
    .option('--after <model>', 'the last model of the page before')
    .option('--json', 'one JSON document')
    .action(
      action(async (options: { limit: number; after?: string; json?: true }) => {
        const found = await withConnection(({ models }) =>
          models.listModels({
            limit: options.limit,
            ...(options.after === undefined ? {} : { after: options.after }),
          }),
        );
        if (options.json) output.printJson({ models: found });
        else output.print(renderModels(found));
        return exitCodes.ok;
      }),
    );
}

function addShow(models: Command, { output, action, withConnection }: CommandContext): void {
  models
    .command('show')
    .argument('<model>', 'name of the model')
    .description('show the versions of a model, newest first')
    .option('--limit <count>', 'versions to show, 1 to 200', parseInteger(1, 200), 20)
    .option('--json', 'one JSON document')
    .action(
      action(async (model: string, options: { limit: number; json?: true }) => {
        const { versions, aliases } = await withConnection(async ({ models }) => ({
          versions: await models.listVersions(model, { limit: options.limit }),
          aliases: await models.listAliases(model),
        }));
        if (options.json) output.printJson({ model, versions, aliases });
        else output.print(renderVersions(versions, aliases));
        return exitCodes.ok;
      }),
    );
}
