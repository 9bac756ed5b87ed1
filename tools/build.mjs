import { fileURLToPath } from 'node:url';
import { buildTree } from './build/build-tree.mjs';
import { endWithMessage } from './setup/end-with-message.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram } from './setup/run-program.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const line = new Progress(process.stderr).start('Receta itself', '');
try {
  line.done(await buildTree(root, { update: line.update, run: runProgram }));
} catch (error) {
  line.fail('');
  endWithMessage(error);
}
