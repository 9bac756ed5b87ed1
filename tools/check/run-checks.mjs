import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Progress } from '../setup/progress.mjs';
import { runInOrder } from '../setup/run-in-order.mjs';
import { runProgram } from '../setup/run-program.mjs';

/**
 * One check: a program of node_modules that ends with 0 when all is well.
 *
 * @typedef {{name: string, needs: readonly string[], lane: string, program: string, args: readonly string[]}} Check
 */

// Two lanes: as many as the smallest machine has cores, with about the same work in each.
const checks = [
  check('types', 'a', 'typescript/bin/tsc', ['--noEmit', ...incremental('product')]),
  check('types of tools', 'a', 'typescript/bin/tsc', [
    '-p',
    'tools/tsconfig.json',
    ...incremental('tools'),
  ]),
  check('format and lint', 'b', '@biomejs/biome/bin/biome', [
    'check',
    '--error-on-warnings',
    '--colors=off',
    '.',
  ]),
  check('import rules', 'b', 'dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config=.dependency-cruiser.mjs',
    '--output-type=err-long',
    'src',
    'tools',
    'bin',
    'test',
    'bench',
  ]),
  check('dead code', 'b', 'knip/bin/knip.js', ['--no-progress']),
  check('spelling', 'b', 'cspell/bin.mjs', [
    'lint',
    '--no-progress',
    '--no-summary',
    '--no-color',
    '--no-must-find-files',
  ]),
];

/**
 * Runs every check, some beside each other, and shows one line for each and what a failed one had to say.
 *
 * @param {string} root
 * @returns {Promise<string[]>} names of those that failed
 */
export async function runChecks(root) {
  const progress = new Progress(process.stderr);
  /** @type {string[]} */
  const failed = [];
  await runInOrder(checks, async ({ name, program, args }) => {
    const line = progress.start(name, '');
    const output = await runCheck(root, program, args);
    if (output === null) {
      line.done('passed');
    } else {
      failed.push(name);
      line.fail('');
      progress.note(`\n${output}\n`);
    }
  });
  return failed;
}

/**
 * @param {string} root
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<string | null>} its output when it failed
 */
async function runCheck(root, program, args) {
  /** @type {string[]} */
  const lines = [];
  const folders = args.filter(
    (arg) => !/^(src|tools|bin|test|bench)$/.test(arg) || existsSync(join(root, arg)),
  );
  try {
    await runProgram(process.execPath, [join(root, 'node_modules', program), ...folders], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      onLine: (line) => lines.push(line),
    });
    return null;
  } catch {
    return lines.join('\n');
  }
}

/**
 * @param {string} name
 * @param {string} lane
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Check}
 */
function check(name, lane, program, args) {
  return { name, needs: [], lane, program, args };
}

/**
 * The compiler's notes, which make the next check faster; kept where no build removes them.
 *
 * @param {string} name
 */
function incremental(name) {
  return ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/receta/${name}.tsbuildinfo`];
}
