import { readFileSync } from 'node:fs';

/** How often the kernel has killed for memory in this process's control group so far; 0 where nobody counts. */
export function readOomKills(): number {
  for (const path of ['/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/memory/memory.oom_control']) {
    try {
      const count = /^oom_kill (\d+)$/m.exec(readFileSync(path, 'latin1'))?.[1];
      if (count !== undefined) return Number(count);
    } catch {
      // The file of the other control-group version.
    }
  }
  return 0;
}
