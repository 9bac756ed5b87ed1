import { findFreePort } from './free-port.js';
import type { StackPorts } from './stack-file.js';

/** The ports that people expect. */
export const usualPorts: StackPorts = { temporal: 7233, temporalUi: 8233, minio: 9000, api: 8080 };

/**
 * Chooses a port for each part: the first of its wishes that is free now, else any free one. A wish of 0 means any
 * free port, whatever the later wishes say.
 */
export async function choosePorts(wishes: readonly Partial<StackPorts>[]): Promise<StackPorts> {
  const taken = new Set<number>();
  const choose = async (part: keyof StackPorts): Promise<number> => {
    const wanted = wishes.flatMap((wish) => wish[part] ?? []);
    const anyFrom = wanted.indexOf(0);
    const tried = anyFrom < 0 ? wanted : wanted.slice(0, anyFrom);
    for (;;) {
      const port = await findFreePort(tried.filter((candidate) => !taken.has(candidate)));
      if (taken.has(port)) continue;
      taken.add(port);
      return port;
    }
  };
  return {
    temporal: await choose('temporal'),
    temporalUi: await choose('temporalUi'),
    minio: await choose('minio'),
    api: await choose('api'),
  };
}
