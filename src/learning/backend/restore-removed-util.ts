import { createRequire } from 'node:module';

/**
 * Gives Node's `util` back the two functions that Node 23 removed and tfjs-node 4.22.0 still calls. They must be set
 * on the CommonJS object, which tfjs-node holds; the ES module's names cannot be changed.
 */
export function restoreRemovedUtil(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
