import { writeFileSync } from 'node:fs';
import { formatElapsed } from '../setup/progress.mjs';
import { addCounts, countTests, formatCounts } from './count-tests.mjs';

/**
 * @typedef {import('./count-tests.mjs').TestModule} TestModule
 */

/**
 * Vitest reporter that shows a line for each file that takes its time, and writes the counts of every project to the
 * file named by RECETA_TEST_COUNTS.
 */
export default class CountingReporter {
  /** @param {TestModule} module */
  onTestModuleEnd(module) {
    // Unit tests are many and fast; their failures are shown at the end.
    if (module.project.name === 'unit') return;
    const counts = addCounts(Object.values(countTests([module], [])));
    const elapsed = formatElapsed(module.diagnostic().duration);
    process.stdout.write(`${module.relativeModuleId}: ${formatCounts(counts)} (${elapsed})\n`);
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const path = process.env.RECETA_TEST_COUNTS;
    if (path === undefined) throw new Error('RECETA_TEST_COUNTS names no file for the counts.');
    writeFileSync(path, JSON.stringify(countTests(modules, unhandledErrors)));
  }
}
