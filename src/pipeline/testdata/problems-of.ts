import { RecetaError } from '../../contract/errors.js';
import { parsePipelineFile } from '../parse-pipeline-file.js';

/** The smallest pipeline file. */
export const smallest = 'name: penguins\nsource: penguins.csv\ntarget: species\n';

/** The same without a source. */
export const sourceless = 'name: penguins\ntarget: species\n';

/** Problems of a pipeline file as `line:column message`; none when it is right. */
export function problemsOf(text: string): string[] {
  try {
    parsePipelineFile(text, { fileName: 'p.yaml' });
  } catch (error) {
    if (!(error instanceof RecetaError) || error.code !== 'pipeline-invalid') throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}
