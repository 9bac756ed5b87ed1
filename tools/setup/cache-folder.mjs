import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where native parts are kept between clones: RECETA_CACHE_DIR, else `receta` in the user's cache folder.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  if (env.RECETA_CACHE_DIR) return resolve(env.RECETA_CACHE_DIR);
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'receta');
  return join(env.HOME || homedir(), '.cache', 'receta');
}
