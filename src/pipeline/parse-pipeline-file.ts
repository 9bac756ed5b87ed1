import { type Problem, RecetaError } from '../contract/errors.js';
import { toDottedPath } from './dotted-path.js';
import { checkPipeline, countProblems } from './parse-pipeline-object.js';
import type { PipelineFile } from './pipeline-schema.js';
import { readYaml } from './read-yaml.js';

const maxSizeBytes = 256_000;

/**
 * Reads a pipeline file and fills in the defaults.
 *
 * Errors: `pipeline-invalid` with line, column and, for an unknown key, a suggestion.
 */
export function parsePipelineFile(
  text: string,
  { fileName }: { readonly fileName: string },
): PipelineFile {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > maxSizeBytes) {
    throw new RecetaError(
      'pipeline-invalid',
      `The pipeline file ${fileName} has ${sizeBytes} bytes, wanted at most ${maxSizeBytes}`,
    );
  }
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) throw invalid(fileName, yaml.problems);
  const checked = checkPipeline(yaml.value);
  if ('file' in checked) return checked.file;
  throw invalid(
    fileName,
    checked.findings
      .map(({ path, message, aboutKey }) => ({
        message,
        path: toDottedPath(path),
        ...yaml.locate(path, aboutKey),
      }))
      .sort((a, b) => a.line - b.line || a.column - b.column),
  );
}

function invalid(fileName: string, problems: readonly Problem[]): RecetaError {
  return new RecetaError(
    'pipeline-invalid',
    `The pipeline file ${fileName} has ${countProblems(problems.length)}`,
    { problems },
  );
}
