import { RecetaError } from '../contract/errors.js';
import { describeIssues, type Finding } from './describe-issue.js';
import { toDottedPath } from './dotted-path.js';
import { findMisplaced } from './find-misplaced.js';
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
  const misplaced = findMisplaced(value);
  const result = pipelineSchema.safeParse(value);
  const issues = result.success ? [] : describeIssues(result.error.issues, value);
  if (result.success && misplaced.length === 0) return { file: result.data };
  return { findings: joinFindings(misplaced, issues) };
}

export function countProblems(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}

/** One finding a place: a key that is unknown comes before what is in it, and that before what is wanted there. */
function joinFindings(misplaced: readonly Finding[], issues: readonly Finding[]): Finding[] {
  // A parameter that stands in the wrong place is not unused.
  const others =
    misplaced.length === 0 ? issues : issues.filter(({ path }) => path[0] !== 'params');
  const ranked = [
    ...others.filter(({ aboutKey }) => aboutKey),
    ...misplaced,
    ...others.filter(({ aboutKey }) => !aboutKey),
  ];
  const places = ranked.map(({ path }) => toDottedPath(path));
  return ranked.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}
