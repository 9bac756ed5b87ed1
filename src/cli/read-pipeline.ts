import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import type { FixedRows, PipelinePlan, SourcePlan } from '../contract/pipeline-plan.js';
import { parseFixedRows, sortRows } from '../pipeline/fixed-rows.js';
import { parsePipelineFile } from '../pipeline/parse-pipeline-file.js';
import type { PipelineFile } from '../pipeline/pipeline-schema.js';
import { resolveParams } from '../pipeline/resolve-params.js';
import { resolveSources } from '../pipeline/resolve-source.js';
import { toPlan } from '../pipeline/to-plan.js';
import type { CliClient, Connection } from './cli-dependencies.js';
import type { CommandContext } from './command-context.js';
import { describeReadFailure } from './describe-read-failure.js';
import { storeSource } from './store-source.js';

export interface ReadPipeline {
  readonly file: PipelineFile;
  /** Absolute. */
  readonly path: string;
  /** As it was written. */
  readonly text: string;
  /** Values of all parameters. */
  readonly params: PipelinePlan['params'];
}

/**
 * Reads and checks a pipeline file named on the command line.
 *
 * @param given values of parameters, as texts
 * @throws RecetaError `pipeline-invalid` with the places of all problems; `request-invalid` for a parameter
 */
export async function readPipeline(
  fileName: string,
  given: Readonly<Record<string, string>>,
  { dependencies, blameFile }: Pick<CommandContext, 'dependencies' | 'blameFile'>,
): Promise<ReadPipeline> {
  const path = resolve(dependencies.workingDirectory, fileName);
  const text = await readText(path, 'the pipeline file');
  blameFile(fileName);
  const file = parsePipelineFile(text, { fileName });
  return { file, path, text, params: resolveParams(file, given) };
}

/** Freezes a pipeline file into a plan; the file itself and its local sources are stored on the way. */
export async function preparePlan(
  { file, path, text, params }: ReadPipeline,
  connection: Connection,
  { dependencies, output }: Pick<CommandContext, 'dependencies' | 'output'>,
): Promise<PipelinePlan> {
  const { client } = connection;
  const fixedRows = await readFixedRows(file, path);
  const resolved = await resolveSources(file, {
    pipelinePath: path,
    params,
    findUpload: (sha256) => client.findUpload(sha256),
  });
  const sources: Record<string, SourcePlan> = {};
  for (const [name, source] of Object.entries(resolved)) {
    sources[name] =
      'kind' in source
        ? await storeSource(source, { connection, nowMs: dependencies.nowMs, note: output.note })
        : source;
  }
  return toPlan(file, {
    sources,
    params,
    file: await client.putBytes(Buffer.from(text), 'application/yaml'),
    fixedRows: fixedRows === null ? null : await storeRows(client, fixedRows),
  });
}

/** A path is meant from where the pipeline file lies. */
async function readFixedRows(
  { split }: PipelineFile,
  pipelinePath: string,
): Promise<FixedRows | null> {
  const { rows } = split;
  if (rows === undefined) return null;
  if (typeof rows === 'object') return sortRows(rows);
  const path = resolve(dirname(pipelinePath), rows);
  return parseFixedRows(await readText(path, 'the row numbers of split.rows'), { fileName: rows });
}

function storeRows(client: CliClient, rows: FixedRows): Promise<ArtifactRef> {
  return client.putBytes(Buffer.from(JSON.stringify(rows)), 'application/json');
}

async function readText(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = describeReadFailure(cause);
    throw new RecetaError('pipeline-invalid', `cannot read ${what} ${path}: ${reason}`, { cause });
  });
}
