import { isVersionIn } from './compare-versions.mjs';
import { goBuild } from './go-build.mjs';
import { findServerProgram, publishServerProgram } from './server-program.mjs';
import { temporalUsable, temporalVersion } from './versions.mjs';

const server = {
  program: 'temporal',
  version: temporalVersion,
  binVariable: 'RECETA_TEMPORAL_BIN',
  addressVariable: 'TEMPORAL_ADDRESS',
  parseUsableVersion: parseUsableTemporalVersion,
};

/** @type {import('./types.js').Part} */
export const temporalServer = {
  name: 'temporal',
  title: 'Temporal server',
  needs: [],
  lane: 'go',
  tools: ['go'],
  diskBytes: 8e9,
  inspect: (context) => findServerProgram(server, context),
  async produce(context, work) {
    // The official download is not tried: it refuses requests, and a build from pinned sources needs no trust in it.
    work.update('building from Go sources, about 5 minutes on 2 cores');
    await publishServerProgram(server, context, (outputPath) =>
      goBuild(
        {
          module: 'temporal',
          packagePath: 'github.com/temporalio/cli/cmd/temporal',
          outputPath,
          tags: 'disable_grpc_modules',
          linkerFlags: `-X github.com/temporalio/cli/internal/temporalcli.Version=${temporalVersion}`,
        },
        context,
        work,
      ),
    );
    return `${temporalVersion} built`;
  },
};

/**
 * Reads `temporal --version`; `null` when it is a version whose flags the stack does not know.
 *
 * @param {string} output
 */
export function parseUsableTemporalVersion(output) {
  const version = output.match(/^temporal version (\d+\.\d+\.\d+)/)?.[1];
  return version !== undefined && isVersionIn(version, temporalUsable) ? version : null;
}
