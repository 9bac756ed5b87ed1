import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { writeFileAtomically } from '../../artifacts/write-file-atomically.js';
import { RecetaError } from '../../contract/errors.js';
import { type ExportFormat, exportFormats } from '../../learning/export/export-format.js';
import type { ExportedFile } from '../../learning/export/exported-file.js';
import type { Connection } from '../cli-dependencies.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { findVersion } from '../find-version.js';
import { type ModelTarget, parseModelTarget } from '../parse-model-target.js';

interface ExportOptions {
  readonly format: ExportFormat;
  readonly out: string;
  readonly json?: true;
}

/** `receta models export` */
export function addModelExport(models: Command, context: CommandContext): void {
  const { dependencies, output, action, withConnection } = context;
  models
    .command('export')
    .argument('<model>', 'MODEL, MODEL@VERSION or MODEL@ALIAS; a bare model means its champion')
    .description('write a model in a format that other programs read')
    .requiredOption('--format <format>', exportFormats.join(', '), parseFormat)
    .requiredOption('--out <folder>', 'folder for the files, made where it does not exist')
    .option('--json', 'one JSON document')
    .action(
      action(async (text: string, { format, out, json }: ExportOptions) => {
        const target = readTarget(text);
        const folder = resolve(dependencies.workingDirectory, out);
        const { name, files } = await withConnection((connection) =>
          exportVersion(connection, target, format),
        );
        for (const { path, bytes } of files) {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFileAtomically(join(folder, path), [bytes]);
        }
        const paths = files.map(({ path }) => join(folder, path));
        if (json) output.printJson({ model: name, format, files: paths });
        else output.print([`${name} as ${format}:`, ...paths.map((path) => `  ${path}`)]);
        return exitCodes.ok;
      }),
    );
}

async function exportVersion(
  { models, artifacts }: Connection,
  target: ModelTarget,
  format: ExportFormat,
): Promise<{ readonly name: string; readonly files: readonly ExportedFile[] }> {
  const version = await findVersion(models, target);
  const { model, weights } = version.artifacts;
  const [documentBytes, weightsBytes] = await Promise.all([
    artifacts.getBytes(model),
    artifacts.getBytes(weights),
  ]);
  // Only this command writes messages of ONNX, so only it loads what for.
  const { exportModel } = await import('../../learning/export/export-model.js');
  return {
    name: `${version.model}@${version.version}`,
    files: exportModel(documentBytes, weightsBytes, format),
  };
}

function readTarget(text: string): ModelTarget {
  const target = parseModelTarget(text);
  if (target !== null) return target;
  throw new RecetaError(
    'request-invalid',
    `"${text.slice(0, 100)}" names no model; give MODEL, MODEL@3 or MODEL@alias`,
  );
}

function parseFormat(text: string): ExportFormat {
  const format = exportFormats.find((known) => known === text);
  if (format !== undefined) return format;
  throw new InvalidArgumentError(`Give one of ${exportFormats.join(', ')}.`);
}
