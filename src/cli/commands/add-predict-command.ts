import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { RecetaError } from '../../contract/errors.js';
import type { CommandContext } from '../command-context.js';
import { describeReadFailure } from '../describe-read-failure.js';
import { exitCodes } from '../exit-code.js';
import { parseInteger } from '../parse-option.js';
import { type PredictionRows, parsePredictionRows } from '../parse-prediction-rows.js';
import { createPredictionRequest, type ModelSelector } from '../prediction-request.js';
import { renderPredictions } from '../render/render-predictions.js';
import { sendPrediction } from '../send-prediction.js';

interface PredictOptions {
  readonly row?: string;
  readonly alias?: string;
  readonly version?: number;
  readonly probabilities?: true;
  readonly json?: true;
}

/** `receta predict`: asks the HTTP API, as an application would. */
export function addPredictCommand(program: Command, context: CommandContext): void {
  const { dependencies, output, action } = context;
  program
    .command('predict')
    .argument('<model>', 'name of the model')
    .argument('[rows.json]', 'file with rows; `-` reads them from stdin')
    .description('predict rows over HTTP')
    .option('--row <json>', 'one row, as a JSON object')
    .addOption(new Option('--alias <name>', 'alias of the version to ask').conflicts('version'))
    .option('--version <number>', 'version to ask', parseInteger(1, 999_999))
    .option('--probabilities', 'probabilities of all classes too')
    .option('--json', 'the reply as it came')
    .action(
      action(async (model: string, file: string | undefined, options: PredictOptions) => {
        const rows = await readRows(file, options.row, context);
        const api = await dependencies.locateApi();
        const request = createPredictionRequest(api, model, toSelector(options), rows, {
          probabilities: options.probabilities === true,
        });
        const { reply, version } = await sendPrediction(request, dependencies.fetch);
        if (options.json) output.printJson(reply);
        else output.print(renderPredictions(reply.predictions));
        if (version !== null) output.note([`answered by ${model} version ${version}`]);
        return exitCodes.ok;
      }),
    );
}

async function readRows(
  file: string | undefined,
  row: string | undefined,
  { dependencies, blameFile }: CommandContext,
): Promise<PredictionRows> {
  if ((file === undefined) === (row === undefined)) {
    throw new RecetaError('request-invalid', 'give rows either as a file or with --row');
  }
  if (row !== undefined) return parsePredictionRows(row, '--row');
  if (file === undefined || file === '-') {
    return parsePredictionRows(await dependencies.readStdin(), 'stdin');
  }
  blameFile(file);
  const path = resolve(dependencies.workingDirectory, file);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = describeReadFailure(cause);
    throw new RecetaError('source-not-found', `cannot read rows from ${path}: ${reason}`, {
      cause,
    });
  });
  return parsePredictionRows(text, file);
}

function toSelector({ alias, version }: PredictOptions): ModelSelector {
  if (alias !== undefined) return { kind: 'alias', alias };
  return version === undefined ? { kind: 'default' } : { kind: 'version', version };
}
