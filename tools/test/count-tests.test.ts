import { expect, test } from 'vitest';
import { addCounts, countTests, formatCounts } from './count-tests.mjs';

function testModule(project: string, states: readonly string[], errors: readonly unknown[] = []) {
  return {
    project: { name: project },
    relativeModuleId: 'a.test.ts',
    diagnostic: () => ({ duration: 0 }),
    errors: () => errors,
    children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
  };
}

test('tests are counted by project, and what did not run counts as skipped', () => {
  const modules = [
    testModule('unit', ['passed', 'failed']),
    testModule('unit', ['passed']),
    testModule('e2e', ['skipped', 'pending']),
  ];

  expect(countTests(modules, [])).toEqual({
    unit: { passed: 2, failed: 1, skipped: 0 },
    e2e: { passed: 0, failed: 0, skipped: 2 },
  });
});

test('a file that cannot be loaded and an error outside every test count as failed', () => {
  const counts = Object.values(countTests([testModule('unit', [], ['boom'])], ['lost']));

  expect(formatCounts(addCounts(counts))).toBe('0 passed, 2 failed, 0 skipped');
});
