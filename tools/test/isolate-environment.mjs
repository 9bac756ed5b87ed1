const needed = new Set([
  'RECETA_CACHE_DIR',
  'RECETA_TEMPORAL_BIN',
  'RECETA_MINIO_BIN',
  'RECETA_TENSORFLOW_DIR',
  'RECETA_LIGHTGBM_DIR',
]);

/**
 * Removes what would lead the tests to somebody's real servers or change what is tested; only the variables that name
 * native parts stay.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function isolateEnvironment(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => needed.has(name) || !/^(RECETA|TEMPORAL|S3|AWS|MINIO)_/.test(name),
    ),
  );
}
