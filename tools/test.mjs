import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './check/run-checks.mjs';
import { runAttached } from './run-attached.mjs';
import { endWithMessage } from './setup/end-with-message.mjs';
import { loadTensorflowVersion } from './setup/load-tensorflow.mjs';
import { setUp } from './setup/set-up.mjs';
import { SetUpError } from './setup/set-up-error.mjs';
import { tensorflow } from './setup/versions.mjs';
import { addCounts, formatChecks, formatCounts } from './test/count-tests.mjs';
import { isolateEnvironment } from './test/isolate-environment.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const { env } = await setUp({ purpose: 'test' });
  await assertTensorflow(env);
  const failedChecks = await runChecks(root);
  const { exitCode, projects } = await runTests(isolateEnvironment(env));
  const total = addCounts(Object.values(projects));
  for (const [name, counts] of Object.entries(projects)) {
    process.stdout.write(`${name}: ${formatCounts(counts)}\n`);
  }
  process.stdout.write(`\nchecks: ${formatChecks(failedChecks)}\ntests: ${formatCounts(total)}\n`);
  const areGood = exitCode === 0 && total.passed > 0 && total.failed === 0 && total.skipped === 0;
  process.exitCode = failedChecks.length === 0 && areGood ? 0 : 1;
} catch (error) {
  endWithMessage(error);
}

/**
 * The tests are about the native backend; a run that would pass without it must not count.
 *
 * @param {NodeJS.ProcessEnv} env
 */
async function assertTensorflow(env) {
  const version = await loadTensorflowVersion(root, env);
  if (version === tensorflow.version) return;
  throw new SetUpError(
    `The tests need TensorFlow ${tensorflow.version}; tfjs-node loads ${version}.`,
  );
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{exitCode: number, projects: Record<string, import('./test/count-tests.mjs').Counts>}>}
 */
async function runTests(env) {
  const folder = mkdtempSync(join(tmpdir(), 'receta-tests-'));
  const countsPath = join(folder, 'counts.json');
  try {
    const exitCode = await runAttached(
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=minimal',
        '--reporter=./tools/test/counting-reporter.mjs',
        ...process.argv.slice(2),
      ],
      { cwd: root, env: { ...env, RECETA_TEST_COUNTS: countsPath } },
    );
    return { exitCode, projects: JSON.parse(readFileSync(countsPath, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
