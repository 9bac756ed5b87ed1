import { expect, test } from 'vitest';
import { compareVersions, isVersionIn } from './compare-versions.mjs';

test('versions are compared by number, not by text', () => {
  expect(compareVersions('1.9.0', '1.10.0')).toBeLessThan(0);
  expect(compareVersions('v2.31', '2.9')).toBeGreaterThan(0);
});

test('a missing part counts as zero and a suffix is ignored', () => {
  expect(compareVersions('1.26', '1.26.0')).toBe(0);
  expect(compareVersions('1.26.4-rc1', '1.26.4')).toBe(0);
});

test('a range includes its start and excludes its end', () => {
  const range = { from: '20.19.0', before: '25.0.0' };

  expect(['20.18.3', '20.19.0', '24.21.0', '25.0.0'].map((v) => isVersionIn(v, range))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
