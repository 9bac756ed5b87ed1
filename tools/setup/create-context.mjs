import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';

/**
 * Where the set-up works and for whom.
 *
 * @param {{purpose?: import('./types.js').Purpose, env?: NodeJS.ProcessEnv}} [options]
 * @returns {import('./types.js').Context}
 */
export function createContext({ purpose = 'run', env = process.env } = {}) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return { root, cacheFolder: cacheFolder(env), env, purpose };
}
