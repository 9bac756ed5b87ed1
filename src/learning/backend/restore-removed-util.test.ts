import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { restoreRemovedUtil } from './restore-removed-util.js';

test('the functions that newer Node versions removed are back and work', () => {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  const { isNullOrUndefined, isArray } = util;
  util.isNullOrUndefined = undefined;
  util.isArray = undefined;
  try {
    restoreRemovedUtil();
    const isMissing = util.isNullOrUndefined as unknown as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(isMissing)).toEqual([true, true, false, false]);
    expect(util.isArray).toBe(Array.isArray);
  } finally {
    Object.assign(util, { isNullOrUndefined, isArray });
  }
});
