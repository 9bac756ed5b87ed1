import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Everything a child sees of the environment beside what its caller names. */
const minimalEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
} as const;

const setprivPath = '/usr/bin/setpriv';
const prlimitPath = '/usr/bin/prlimit';
const workingPrograms = new Map<string, boolean>();

export interface ChildStart {
  /** Added to a minimal environment; nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bound of the resident set that the caller watches. */
  readonly memoryLimitBytes: number;
  /** Bound of the writable memory, beyond which the kernel gives none. */
  readonly dataLimitBytes?: number;
}

/**
 * Starts a Node child as leader of a process group of its own, with an IPC channel, its stderr piped and no
 * inherited environment. Where util-linux' `setpriv` works, the kernel kills the child when the thread that started
 * it ends; where its `prlimit` works, the kernel keeps the bound of writable memory. Both exec, so pid and IPC channel
 * stay the child's own.
 */
export function startChild(entry: string, options: ChildStart): ChildProcess {
  const { env = {}, memoryLimitBytes, dataLimitBytes } = options;
  // The watched limit is meant to strike first, not V8's default heap size.
  const heapMegabytes = Math.max(64, Math.ceil(memoryLimitBytes / 2 ** 20));
  const [command = process.execPath, ...args] = [
    ...toPrefix(setprivPath, ['--pdeathsig', 'KILL', '--']),
    ...(dataLimitBytes === undefined
      ? []
      : toPrefix(prlimitPath, [`--data=${Math.ceil(dataLimitBytes)}`, '--'])),
    process.execPath,
    `--max-old-space-size=${heapMegabytes}`,
    '--enable-source-maps',
    entry,
  ];
  return spawn(command, args, {
    detached: true,
    env: { ...minimalEnvironment, ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** A program with its arguments, in front of what it starts; nothing where it does not work. */
function toPrefix(program: string, args: readonly string[]): readonly string[] {
  let works = workingPrograms.get(program);
  if (works === undefined) {
    works = spawnSync(program, [...args, '/bin/true'], { env: {} }).status === 0;
    workingPrograms.set(program, works);
  }
  return works ? [program, ...args] : [];
}
