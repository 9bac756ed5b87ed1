import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions } from './compare-versions.mjs';
import { readGoVersion } from './required-tools.mjs';

/**
 * Builds a program from one of the Go tool modules under tools/, whose go.sum pins every source by its hash.
 *
 * @param {{module: string, packagePath: string, outputPath: string, tags?: string, linkerFlags?: string}} build
 * @param {import('./types.js').Context} context
 * @param {import('./types.js').Work} work
 */
export async function goBuild(build, context, work) {
  const folder = join(context.root, 'tools', build.module);
  let packages = 0;
  await work.run(
    'go',
    [
      'build',
      '-v',
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      ...(build.tags ? ['-tags', build.tags] : []),
      '-ldflags',
      ['-s -w', build.linkerFlags].filter(Boolean).join(' '),
      '-o',
      build.outputPath,
      build.packagePath,
    ],
    {
      cwd: folder,
      env: {
        ...context.env,
        CGO_ENABLED: '0',
        GOWORK: 'off',
        GOTOOLCHAIN: decideToolchain(readGoVersion(context.env), readGoDirective(folder)),
      },
      onLine: (line) => {
        if (line.startsWith('go: downloading ')) {
          work.update(`fetching Go sources (${line.slice('go: downloading '.length)})`);
        } else {
          packages += 1;
          work.update(`building from Go sources (${packages} packages so far)`);
        }
      },
    },
  );
}

/**
 * Decides the GOTOOLCHAIN: a Go that is new enough must not look for another; a slightly older one may fetch the one
 * that the module asks for, as a module.
 *
 * @param {string | null} installed
 * @param {string} needed
 */
export function decideToolchain(installed, needed) {
  const isEnough = installed !== null && compareVersions(installed, needed) >= 0;
  return isEnough ? 'local' : `go${needed}`;
}

/** @param {string} folder */
function readGoDirective(folder) {
  const [, version] = readFileSync(join(folder, 'go.mod'), 'utf8').match(/^go (\S+)$/m) ?? [];
  if (version === undefined) throw new Error(`${folder}/go.mod has no go directive.`);
  return version;
}
