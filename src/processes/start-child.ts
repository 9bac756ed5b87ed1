import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Everything a child sees of the environment beside what its caller names. */
const minimalEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
} as const;

const setprivPath = '/usr/bin/setpriv';
let parentDeathSignalWorks: boolean | null = null;

/**
 * Starts a Node child as leader of a process group of its own, with an IPC channel, its stderr piped and no
 * inherited environment. Where util-linux' `setpriv` works, the kernel kills the child when the thread that started
 * it ends; `setpriv` execs, so pid and IPC channel stay the child's own.
 */
export function startChild(
  entry: string,
  env: Readonly<Record<string, string>>,
  memoryLimitBytes: number,
): ChildProcess {
  // The watched limit is meant to strike first, not V8's default heap size.
  const heapMegabytes = Math.max(64, Math.ceil(memoryLimitBytes / 2 ** 20));
  const node = [`--max-old-space-size=${heapMegabytes}`, '--enable-source-maps', entry];
  const [command, args] = canUseParentDeathSignal()
    ? [setprivPath, ['--pdeathsig', 'KILL', '--', process.execPath, ...node]]
    : [process.execPath, node];
  return spawn(command, args, {
    detached: true,
    env: { ...minimalEnvironment, ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function canUseParentDeathSignal(): boolean {
  parentDeathSignalWorks ??=
    spawnSync(setprivPath, ['--pdeathsig', 'KILL', '--', '/bin/true'], { env: {} }).status === 0;
  return parentDeathSignalWorks;
}
