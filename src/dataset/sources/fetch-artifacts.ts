import { RecetaError } from '../../contract/errors.js';
import type { SourceLocation } from '../../contract/pipeline-plan.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile } from './fetched-file.js';

/**
 * Files that whoever started the run has stored: there is nothing to fetch.
 *
 * @throws RecetaError `artifact-corrupt` when the store has lost or changed one
 */
export async function* fetchArtifacts(
  { files }: Extract<SourceLocation, { kind: 'artifacts' }>,
  { known, toId }: FetchContext,
): AsyncGenerator<FetchedFile> {
  for (const { name, artifact, columns = null } of files) {
    if (!(await known.isIntact(artifact))) {
      throw new RecetaError(
        'artifact-corrupt',
        `Reading the stored source ${name}: the store has lost or changed ${artifact.uri}. Start the run again.`,
      );
    }
    const { sha256 } = artifact;
    yield {
      state: 'hit',
      id: toId(['artifact', sha256]),
      name,
      reason: `${name} was stored when the run was started`,
      known: { artifact, columns, sha256, validators: null },
    };
  }
}
