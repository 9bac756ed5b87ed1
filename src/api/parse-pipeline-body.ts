import type { RecetaClient } from '../client/receta-client.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { type Problem, RecetaError } from '../contract/errors.js';
import type { PipelinePlan, SourceLocation } from '../contract/pipeline-plan.js';
import { sortRows } from '../pipeline/fixed-rows.js';
import { parsePipelineObject } from '../pipeline/parse-pipeline-object.js';
import type { PipelineFile } from '../pipeline/pipeline-schema.js';
import { resolveParams } from '../pipeline/resolve-params.js';
import { resolveServiceSources } from '../pipeline/resolve-source.js';
import { toPlan } from '../pipeline/to-plan.js';

/** What a body says of a pipeline. */
export interface PipelineBody {
  readonly pipeline?: unknown;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

interface ParseOptions {
  /** RECETA_DATA_DIR; `null`: no paths are taken. */
  readonly dataDir: string | null;
  readonly client: Pick<RecetaClient, 'putBytes' | 'findUpload'>;
}

/**
 * Makes the plan of a pipeline that came as the member `pipeline` of a body, and stores the pipeline as it was sent.
 *
 * @throws RecetaError `pipeline-invalid` with paths below `pipeline`; `request-invalid` for a parameter;
 *   `source-forbidden` for a path when the service reads none; `source-not-found` for an upload
 */
export async function parsePipelineBody(
  { pipeline, params: given = {} }: PipelineBody,
  { dataDir, client }: ParseOptions,
): Promise<PipelinePlan> {
  const file = parseBelowPipeline(pipeline);
  const params = resolveParams(file, given);
  const { rows } = file.split;
  if (typeof rows === 'string') {
    const message =
      'pipeline.split.rows is the path of a file, and this service reads none; send the row numbers themselves';
    throw new RecetaError('pipeline-invalid', message, {
      problems: [{ path: 'pipeline.split.rows', message }],
    });
  }
  const putJson = (value: unknown): Promise<ArtifactRef> =>
    client.putBytes(Buffer.from(JSON.stringify(value)), 'application/json');
  const sources = await resolveServiceSources(file, {
    params,
    findUpload: (sha256) => client.findUpload(sha256),
  });
  for (const [name, { location }] of Object.entries(sources)) {
    if (dataDir === null && readsPath(location)) throw forbidPath(file, name);
  }
  return toPlan(file, {
    sources,
    params,
    // The order of queries means something, so the members keep theirs.
    file: await putJson(pipeline),
    fixedRows: rows === undefined ? null : await putJson(sortRows(rows)),
  });
}

function readsPath(location: SourceLocation): boolean {
  return location.kind === 'path' || (location.kind === 'sqlite' && readsPath(location.file));
}

function forbidPath({ sources }: PipelineFile, name: string): RecetaError {
  const isOnly = Object.keys(sources).length === 1 && name === 'source';
  const path = isOnly ? 'pipeline.source' : `pipeline.sources.${name}`;
  return new RecetaError(
    'source-forbidden',
    `the source ${name} is a path, and this service reads no files: RECETA_DATA_DIR is not set; use a URL, upload ` +
      'the file with POST /v1/uploads, or start the run with the command line, which uploads it',
    { problems: [{ path, message: 'paths are not taken' }] },
  );
}

function parseBelowPipeline(pipeline: unknown): PipelineFile {
  try {
    return parsePipelineObject(pipeline);
  } catch (error) {
    if (!(error instanceof RecetaError)) throw error;
    const problems = error.problems.map(
      (problem): Problem => ({
        ...problem,
        path: problem.path ? `pipeline.${problem.path}` : 'pipeline',
      }),
    );
    throw new RecetaError(error.code, error.message, { cause: error, problems });
  }
}
