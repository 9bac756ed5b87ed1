import { defineConfig } from 'vitest/config';

/** Records the histories anew; no part of the tests. */
export default defineConfig({
  test: {
    root: '.',
    include: ['test/replay/record-histories.ts'],
    globalSetup: ['test/servers/global-setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
