import { totalmem } from 'node:os';
import { isVersionIn } from './compare-versions.mjs';
import { glibcUsableFrom, nodeUsable } from './versions.mjs';

/**
 * What decides whether Receta can run here at all.
 *
 * @typedef {{platform: string, arch: string, glibc: string | null, node: string, memoryBytes: number}} Machine
 */

// A machine sold with 4 GB shows its system less than 4e9 bytes.
const memoryNeededBytes = 3.6e9;

/** @returns {Machine} */
export function readMachine() {
  const total = totalmem();
  // 0 or a number beyond the total mean that no control group limits this process.
  const constrained = process.constrainedMemory?.() ?? 0;
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: readGlibcVersion(),
    node: process.versions.node,
    memoryBytes: constrained > 0 && constrained < total ? constrained : total,
  };
}

/**
 * Names every reason why Receta cannot run on a machine; empty when it can.
 *
 * @param {Machine} machine
 * @returns {string[]}
 */
export function decideMachineProblems(machine) {
  const problems = [];
  if (machine.platform !== 'linux' || machine.arch !== 'x64') {
    problems.push(
      `It needs Linux on x86-64; this is ${machine.platform} on ${machine.arch}. A Linux container or virtual machine will do.`,
    );
  } else if (machine.glibc === null) {
    problems.push(
      'It needs a Linux with the GNU C library; this one has another (Alpine, for example, has musl). Use a Debian, Ubuntu, Fedora or similar system.',
    );
  } else if (!isVersionIn(machine.glibc, { from: glibcUsableFrom })) {
    problems.push(
      `It needs the GNU C library ${glibcUsableFrom} or newer; this system has ${machine.glibc}. Use a newer system.`,
    );
  }
  if (!isVersionIn(machine.node, nodeUsable)) {
    problems.push(
      `It needs Node.js 20.19 to 24; this is ${machine.node}. Install one of these versions.`,
    );
  }
  if (machine.memoryBytes < memoryNeededBytes) {
    problems.push(
      `It needs 4 GB of memory; this machine has ${(machine.memoryBytes / 1e9).toFixed(1)} GB.`,
    );
  }
  return problems;
}

/** @returns {string | null} */
function readGlibcVersion() {
  const report = /** @type {NodeJS.ProcessReport & {excludeNetwork?: boolean} | undefined} */ (
    process.report
  );
  if (process.platform !== 'linux' || report === undefined) return null;
  // Without this a report looks up the names of all peers, which may take seconds.
  report.excludeNetwork = true;
  const { header } = /** @type {{header: {glibcVersionRuntime?: string}}} */ (report.getReport());
  return header.glibcVersionRuntime ?? null;
}
