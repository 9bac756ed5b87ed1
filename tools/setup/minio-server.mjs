import { goBuild } from './go-build.mjs';
import { findServerProgram, publishServerProgram } from './server-program.mjs';
import { minioUsableFrom, minioVersion } from './versions.mjs';

const server = {
  program: 'minio',
  version: minioVersion,
  binVariable: 'RECETA_MINIO_BIN',
  addressVariable: 'S3_ENDPOINT',
  parseUsableVersion: parseUsableMinioVersion,
};

/** @type {import('./types.js').Part} */
export const minioServer = {
  name: 'minio',
  title: 'MinIO',
  needs: [],
  lane: 'go',
  tools: ['go'],
  diskBytes: 8e9,
  inspect: (context) => findServerProgram(server, context),
  async produce(context, work) {
    // There is no official download to try: the project has withdrawn its binaries.
    work.update('building from Go sources, about 3 minutes on 2 cores');
    await publishServerProgram(server, context, (outputPath) =>
      goBuild(
        { module: 'minio', packagePath: 'github.com/minio/minio', outputPath },
        context,
        work,
      ),
    );
    return `${minioVersion} built`;
  },
};

/**
 * Reads `minio --version`; `null` for old releases and for builds that do not tell their release.
 *
 * @param {string} output
 */
export function parseUsableMinioVersion(output) {
  const [, release, date] = output.match(/version (RELEASE\.(\d{4}-\d{2}-\d{2})T\S+)/) ?? [];
  if (release === undefined || date === undefined) return null;
  return date >= minioUsableFrom ? release : null;
}
