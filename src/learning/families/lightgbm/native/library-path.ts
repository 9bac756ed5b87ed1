import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The set-up links the library into the folder of the package that loads it. */
export function libraryPath(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('koffi')), 'native', 'lib_lightgbm.so');
}
