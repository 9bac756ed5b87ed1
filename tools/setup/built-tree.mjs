import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildTree, isBuilt } from '../build/build-tree.mjs';

/** @type {import('./types.js').Part} */
export const builtTree = {
  name: 'build',
  title: 'Receta itself',
  needs: ['packages'],
  tools: [],
  diskBytes: 0,
  async inspect({ root }) {
    const path = join(root, 'dist');
    if (isBuilt(root)) return { state: 'ready', version: null, path, how: 'built from src/' };
    const how = existsSync(path) ? 'src/ changed since dist/ was built' : 'not built';
    return { state: 'missing', version: null, path: null, how };
  },
  produce: ({ root }, work) => buildTree(root, work),
};
