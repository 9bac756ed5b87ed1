import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CliDependencies, LocalStack, OutputStream } from '../cli/cli-dependencies.js';
import { loadApiConfig, loadStateDir } from '../config/load-config.js';
import { type Environment, readEnvironment } from '../config/read-environment.js';
import { describeStack } from '../local/describe-stack.js';
import { runStack } from '../local/run-stack.js';
import { readStackConnection } from '../local/stack-file.js';
import { startDetachedStack } from '../local/start-detached-stack.js';
import { startStack } from '../local/start-stack.js';
import { stopStack } from '../local/stop-stack.js';
import { loadProcessConfig } from './load-process-config.js';
import { recetaVersion } from './receta-version.js';
import { onStopSignal, untilToldToStop } from './stop-signals.js';

const atRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Words that start this program in another process. The launcher has checked it already: a part of a stack that is
 * restarted must not be refused because somebody edits the sources meanwhile.
 */
const receta: [string, ...string[]] = [process.execPath, atRoot('dist/bin/receta.js')];

/** Wires the command line to this process, its environment and the services they name. */
export function createCliDependencies(): CliDependencies {
  const env = readEnvironment();
  return {
    version: recetaVersion,
    workingDirectory: process.cwd(),
    examplesDirectory: atRoot('examples'),
    terminal: {
      noColor: (env.NO_COLOR ?? '') !== '',
      forceColor: !['', '0'].includes(env.FORCE_COLOR ?? ''),
      term: env.TERM ?? null,
      debug: env.RECETA_DEBUG === '1',
    },
    stdout: toOutputStream(process.stdout),
    stderr: toOutputStream(process.stderr),
    fetch: globalThis.fetch,
    nowMs: Date.now,
    sleep: (durationMs, signal) =>
      delay(durationMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    onInterrupt: onStopSignal,
    readStdin: () => text(process.stdin),
    // Loaded when they are needed: their libraries would slow every other command down.
    connect: async () => {
      const { openConnection } = await import('./open-connection.js');
      return openConnection();
    },
    locateApi: async () => {
      const stack = readStackConnection(loadStateDir(env));
      const { url, key } = loadApiConfig(env, { stack });
      return { url, key };
    },
    stack: createLocalStack(env),
    runWorker: async (queues) => {
      const config = loadProcessConfig();
      const { runWorker } = await import('./run-worker.js');
      await untilToldToStop((signal) => runWorker(config, queues ?? config.worker.queues, signal));
    },
    runApi: async () => {
      const config = loadProcessConfig();
      const { runApi } = await import('./run-api.js');
      await untilToldToStop((signal) => runApi(config, signal));
    },
    runDoctor: async (args) => {
      const child = spawn(process.execPath, [atRoot('tools/doctor.mjs'), ...args], {
        stdio: 'inherit',
      });
      const [exitCode] = await once(child, 'exit');
      return typeof exitCode === 'number' ? exitCode : 1;
    },
  };
}

function createLocalStack(env: Environment): LocalStack {
  const stateDir = loadStateDir(env);
  return {
    run: (options) => runStack({ ...options, stateDir, env, receta }),
    start: (options) => startStack({ ...options, stateDir, env, receta }),
    startDetached: () => startDetachedStack({ stateDir, env, receta }),
    stop: () => stopStack({ stateDir }),
    describe: () => describeStack({ stateDir, nowMs: Date.now() }),
  };
}

function toOutputStream(stream: NodeJS.WriteStream): OutputStream {
  return {
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
    write: (line) => {
      stream.write(line);
    },
  };
}
