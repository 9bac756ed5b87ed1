import { fileURLToPath } from 'node:url';

/**
 * Path of a child's compiled entry module, e.g. `dataset/sql-child.js`. It always lies in the built tree,
 * also when the caller runs from the TypeScript sources in a test.
 */
export function childEntry(module: string): string {
  return fileURLToPath(new URL(`../../dist/${module}`, import.meta.url));
}
