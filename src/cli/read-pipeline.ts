import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RecetaError } from '../contract/errors.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import { parsePipelineFile } from '../pipeline/parse-pipeline-file.js';
import type { PipelineFile } from '../pipeline/pipeline-schema.js';
import { resolveSource } from '../pipeline/resolve-source.js';
import { toPlan } from '../pipeline/to-plan.js';
import type { Connection } from './cli-dependencies.js';
import type { CommandContext } from './command-context.js';
import { storeSource } from './store-source.js';

export interface ReadPipeline {
  readonly file: PipelineFile;
  /** Absolute. */
  readonly path: string;
}

/**
 * Reads and checks a pipeline file named on the command line.
 *
 * @throws RecetaError `pipeline-invalid` with the places of all problems
 */
export async function readPipeline(
  fileName: string,
  { dependencies, blameFile }: Pick<CommandContext, 'dependencies' | 'blameFile'>,
): Promise<ReadPipeline> {
  const path = resolve(dependencies.workingDirectory, fileName);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : String(cause.code);
    throw new RecetaError('pipeline-invalid', `cannot read the pipeline file ${path}: ${reason}`, {
      cause,
    });
  });
  blameFile(fileName);
  return { file: parsePipelineFile(text, { fileName }), path };
}

/** Freezes a pipeline file into a plan; a local source is stored on the way. */
export async function preparePlan(
  { file, path }: ReadPipeline,
  connection: Connection,
  { dependencies, output }: Pick<CommandContext, 'dependencies' | 'output'>,
): Promise<PipelinePlan> {
  const source = resolveSource(file, { pipelinePath: path });
  if (source.kind === 'url') return toPlan(file, source);
  const stored = await storeSource(source, {
    connection,
    nowMs: dependencies.nowMs,
    note: output.note,
  });
  return toPlan(file, stored);
}
