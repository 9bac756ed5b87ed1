import { createContext } from './create-context.mjs';
import { describeParts } from './describe-parts.mjs';
import { minioServer } from './minio-server.mjs';
import { temporalServer } from './temporal-server.mjs';

/**
 * Variables that name the server programs the set-up decided on, so that nobody else has to judge which program on
 * the PATH is of a usable version.
 *
 * @param {readonly import('./types.js').PartState[]} states
 * @returns {Record<string, string>}
 */
export function serverVariables(states) {
  const variables = { temporal: 'RECETA_TEMPORAL_BIN', minio: 'RECETA_MINIO_BIN' };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, variable]) => {
      const part = states.find((state) => state.name === name);
      return part?.state === 'ready' && part.path !== null ? [[variable, part.path]] : [];
    }),
  );
}

/**
 * Finds the server programs for a command that starts them.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function locateServers() {
  return serverVariables(await describeParts(createContext(), [temporalServer, minioServer]));
}
