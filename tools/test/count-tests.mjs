/**
 * What a run of the tests came to.
 *
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {{state: string}} TestResult
 * @typedef {{
 *   project: {name: string},
 *   relativeModuleId: string,
 *   diagnostic(): {duration: number},
 *   errors(): readonly unknown[],
 *   children: {allTests(): Iterable<{result(): TestResult}>}
 * }} TestModule the part of Vitest's TestModule that is used here
 */

/**
 * Counts tests by project. A file that could not be loaded, and an error outside every test, count as a failed test:
 * nobody knows what they hid.
 *
 * @param {readonly TestModule[]} modules
 * @param {readonly unknown[]} unhandledErrors
 * @returns {Record<string, Counts>}
 */
export function countTests(modules, unhandledErrors) {
  /** @type {Record<string, Counts>} */
  const projects = {};
  for (const module of modules) {
    projects[module.project.name] ??= { passed: 0, failed: 0, skipped: 0 };
    const counts = /** @type {Counts} */ (projects[module.project.name]);
    if (module.errors().length > 0) counts.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  if (unhandledErrors.length > 0) {
    projects['outside tests'] = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  }
  return projects;
}

/**
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export function addCounts(counts) {
  const add = (/** @type {keyof Counts} */ key) => counts.reduce((sum, each) => sum + each[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/**
 * Names the checks that failed, so that nobody has to look for them above the tests.
 *
 * @param {readonly string[]} failed
 */
export function formatChecks(failed) {
  return failed.length === 0 ? 'all passed' : `FAILED: ${failed.join(', ')}`;
}

/**
 * @param {Counts} counts
 */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
