import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Lock } from '../setup/lock.mjs';
import { bundleDigest, readBuildStamp, sourcesDigest, writeBuildStamp } from './build-stamp.mjs';
import { findMissingOutputs, pruneOutputs } from './prune-outputs.mjs';
import { listSources } from './source-files.mjs';

/**
 * @typedef {import('../setup/types.js').Work} Work
 */

const buildInfo = 'dist/build.tsbuildinfo';
const bundle = 'dist/workflow-bundle.js';
const codeDigests = 'dist/code-digests.json';

/**
 * Tells whether dist/ is what the sources would be built into now.
 *
 * @param {string} root
 */
export function isBuilt(root) {
  const outputs = [bundle, codeDigests, buildInfo];
  if (!outputs.every((output) => existsSync(join(root, output)))) return false;
  return readBuildStamp(root)?.sources === sourcesDigest(root);
}

/**
 * Builds dist/: compiles what changed, removes what lost its source, bundles the workflows when their
 * code changed, and notes the digests of the code of each step.
 *
 * Throws a SetUpError with the compiler's output when a source is wrong.
 *
 * @param {string} root
 * @param {Work} work
 * @returns {Promise<string>} what was done, in a few words
 */
export async function buildTree(root, work) {
  const lock = await Lock.take(join(root, 'node_modules/.receta-build.lock'), {
    onWait: (pid) => work.update(`waiting for another build (pid ${pid})`),
  });
  try {
    if (isBuilt(root)) return 'up to date';
    const startedAt = new Date();
    const sources = sourcesDigest(root);
    work.update('compiling TypeScript');
    await compile(root, work);
    const bundleSources = bundleDigest(root);
    const isBundled =
      existsSync(join(root, bundle)) && readBuildStamp(root)?.bundle === bundleSources;
    if (!isBundled) {
      work.update('bundling the workflows');
      await work.run(process.execPath, [join(root, 'tools/build/bundle-workflows.mjs')]);
    }
    await work.run(process.execPath, [join(root, 'tools/build/write-code-digests.mjs')]);
    writeBuildStamp(root, { sources, bundle: bundleSources });
    // The launcher compares this time with the sources': one that was edited during the build has to look newer.
    utimesSync(join(root, buildInfo), startedAt, startedAt);
    return isBundled ? 'compiled' : 'compiled and bundled';
  } finally {
    lock.release();
  }
}

/**
 * @param {string} root
 * @param {Work} work
 */
async function compile(root, work) {
  const dist = join(root, 'dist');
  const sources = listSources(root).map(({ path }) => path);
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
  await work.run(process.execPath, tsc, { cwd: root });
  if (findMissingOutputs(dist, sources).length > 0) {
    // The compiler trusts its notes about earlier outputs; when some were removed by hand it has to start afresh.
    rmSync(join(root, buildInfo), { force: true });
    await work.run(process.execPath, tsc, { cwd: root });
  }
  pruneOutputs(dist, sources);
}
