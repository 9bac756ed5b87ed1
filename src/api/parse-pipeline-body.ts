import { RecetaError } from '../contract/errors.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import { parsePipelineObject } from '../pipeline/parse-pipeline-object.js';
import { resolveServiceSource } from '../pipeline/resolve-source.js';
import { toPlan } from '../pipeline/to-plan.js';

/**
 * Makes the plan of a pipeline that came as the member `pipeline` of a body.
 *
 * @throws RecetaError `pipeline-invalid` with paths below `pipeline`; `source-forbidden` for a path when the
 *   service reads none
 */
export function parsePipelineBody(pipeline: unknown, dataDir: string | null): PipelinePlan {
  const file = parseBelowPipeline(pipeline);
  const source = resolveServiceSource(file);
  if (source.kind === 'path' && dataDir === null) {
    throw new RecetaError(
      'source-forbidden',
      'the source is a path, and this service reads no files: RECETA_DATA_DIR is not set; use a URL, ' +
        'or start the run with the command line, which uploads the file',
      { problems: [{ path: 'pipeline.source', message: 'paths are not taken' }] },
    );
  }
  return toPlan(file, source);
}

function parseBelowPipeline(pipeline: unknown): ReturnType<typeof parsePipelineObject> {
  try {
    return parsePipelineObject(pipeline);
  } catch (error) {
    if (!(error instanceof RecetaError)) throw error;
    const problems = error.problems.map((problem) => ({
      ...problem,
      path: problem.path ? `pipeline.${problem.path}` : 'pipeline',
    }));
    throw new RecetaError(error.code, error.message, { cause: error, problems });
  }
}
