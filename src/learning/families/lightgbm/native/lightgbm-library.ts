import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import koffi from 'koffi';
import { toSha256 } from '../../../../artifacts/sha256.js';
import { RecetaError } from '../../../../contract/errors.js';
import { lightgbmVersion } from '../lightgbm-version.js';
import { libraryPath } from './library-path.js';

/** Address of something that the library owns. */
export type Handle = bigint;

type Native = (...args: readonly unknown[]) => number;

/** What is used of LightGBM's C interface (`LightGBM/c_api.h`). */
export interface LightgbmLibrary {
  readonly version: string;
  /** Calls a function of the interface; throws `internal` with LightGBM's own words when it fails. */
  call(name: FunctionName, ...args: readonly unknown[]): void;
}

/** Argument types by function; each returns 0 or -1. */
const signatures = {
  LGBM_DatasetCreateFromMat:
    'const void *data, int type, int32_t rows, int32_t columns, int rowMajor, const char *parameters, void *reference, _Out_ void **out',
  LGBM_DatasetSetFeatureNames: 'void *dataset, const char **names, int count',
  LGBM_DatasetSetField: 'void *dataset, const char *name, const void *data, int count, int type',
  LGBM_DatasetFree: 'void *dataset',
  LGBM_BoosterCreate: 'void *dataset, const char *parameters, _Out_ void **out',
  LGBM_BoosterAddValidData: 'void *booster, void *dataset',
  LGBM_BoosterResetParameter: 'void *booster, const char *parameters',
  LGBM_BoosterUpdateOneIter: 'void *booster, _Out_ int *finished',
  LGBM_BoosterGetEval: 'void *booster, int part, _Out_ int *count, void *out',
  LGBM_BoosterGetPredict: 'void *booster, int part, _Out_ int64_t *count, void *out',
  LGBM_BoosterSaveModelToString:
    'void *booster, int start, int count, int importance, int64_t capacity, _Out_ int64_t *bytes, void *out',
  LGBM_BoosterFree: 'void *booster',
} as const;

type FunctionName = keyof typeof signatures;

/** sha256 of the library in the wheel that the set-up fetches. */
const pinnedSha256 = '573d57e8a2c6290c2271b99b87afa7a802e796eafc9e8d66aefa0913cbc1616a';

/**
 * Loads LightGBM into this process.
 *
 * @param path of the library
 * @throws RecetaError `backend-unavailable` when the library is not where the set-up puts it, or cannot be loaded
 */
export async function loadLightgbm(path = libraryPath()): Promise<LightgbmLibrary> {
  if (!existsSync(path)) throw unavailable(`there is no ${path}`);
  const sha256 = toSha256(await readFile(path));
  try {
    const library = koffi.load(path);
    const lastError = library.func('const char *LGBM_GetLastError()') as () => string;
    const functions = new Map(
      Object.entries(signatures).map(([name, types]) => [
        name,
        library.func(`int ${name}(${types})`) as Native,
      ]),
    );
    return {
      version: sha256 === pinnedSha256 ? lightgbmVersion : `sha256:${sha256.slice(0, 16)}`,
      call: (name, ...args) => {
        // Every function of the table was bound above.
        if ((functions.get(name) as Native)(...args) !== 0) {
          throw new RecetaError('internal', `LightGBM: ${name} failed: ${lastError()}.`);
        }
      },
    };
  } catch (cause) {
    throw unavailable((cause as Error).message, cause);
  }
}

function unavailable(found: string, cause?: unknown): RecetaError {
  return new RecetaError(
    'backend-unavailable',
    `Loading LightGBM ${lightgbmVersion}: ${found}. Run npm run setup and restart the worker (libgomp.so.1 must be ` +
      'installed: package libgomp1 or libgomp), or leave lightgbm out of models.',
    { cause },
  );
}
