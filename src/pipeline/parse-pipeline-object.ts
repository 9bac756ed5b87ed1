import { RecetaError } from '../contract/errors.js';
import { describeIssues, type Finding, toDottedPath } from './describe-issue.js';
import { type PipelineFile, pipelineSchema } from './pipeline-schema.js';

/**
 * Checks a pipeline that came as a value, e.g. in a JSON body, and fills in the defaults.
 *
 * Errors: `pipeline-invalid` with the path of every problem.
 */
export function parsePipelineObject(value: unknown): PipelineFile {
  const checked = checkPipeline(value);
  if ('file' in checked) return checked.file;
  const problems = checked.findings.map(({ path, message }) => ({
    path: toDottedPath(path),
    message,
  }));
  throw new RecetaError('pipeline-invalid', `The pipeline has ${countProblems(problems.length)}`, {
    problems,
  });
}

/** Checks a value against the schema without giving the findings a place yet. */
export function checkPipeline(
  value: unknown,
): { readonly file: PipelineFile } | { readonly findings: readonly Finding[] } {
  const result = pipelineSchema.safeParse(value);
  if (result.success) return { file: result.data };
  return { findings: describeIssues(result.error.issues, value) };
}

export function countProblems(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}
