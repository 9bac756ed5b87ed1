import { spawn } from 'node:child_process';

/**
 * Runs a Node program on our terminal and waits for its end. Signals that ask us to stop are left to it: it has to
 * end its own children first.
 *
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<number>} exit code; 128 when a signal ended it
 */
export async function runAttached(args, { cwd, env }) {
  const child = spawn(process.execPath, [...args], { cwd, env, stdio: 'inherit' });
  // Ctrl-C in a terminal reaches the whole process group, so only TERM has to be handed on.
  const stayAlive = () => undefined;
  const handOn = () => child.kill('SIGTERM');
  process.on('SIGINT', stayAlive);
  process.on('SIGTERM', handOn);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 128));
    });
  } finally {
    process.off('SIGINT', stayAlive);
    process.off('SIGTERM', handOn);
  }
}
