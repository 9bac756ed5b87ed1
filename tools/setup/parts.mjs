import { builtTree } from './built-tree.mjs';
import { lightgbmLibrary } from './lightgbm-library.mjs';
import { minioServer } from './minio-server.mjs';
import { npmPackages } from './npm-packages.mjs';
import { postgresServer } from './postgres-server.mjs';
import { temporalServer } from './temporal-server.mjs';
import { tensorflowAddon } from './tensorflow-addon.mjs';
import { tensorflowLibrary } from './tensorflow-library.mjs';

/**
 * Everything the set-up provides, in the order in which it is shown.
 *
 * @type {readonly import('./types.js').Part[]}
 */
export const parts = [
  npmPackages,
  tensorflowLibrary,
  tensorflowAddon,
  lightgbmLibrary,
  builtTree,
  temporalServer,
  minioServer,
  postgresServer,
];
