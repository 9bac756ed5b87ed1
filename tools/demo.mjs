import { fileURLToPath } from 'node:url';
import { runAttached } from './run-attached.mjs';
import { endWithMessage } from './setup/end-with-message.mjs';
import { setUp } from './setup/set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
try {
  const { env } = await setUp({ purpose: 'demo' });
  const args = ['bin/receta.js', 'demo', ...process.argv.slice(2)];
  process.exitCode = await runAttached(args, { cwd: root, env });
} catch (error) {
  endWithMessage(error);
}
