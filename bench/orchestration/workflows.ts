import { proxyActivities } from '@temporalio/workflow';
import type * as activities from './activities.js';

const { noteTime } = proxyActivities<typeof activities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 3 },
});

/** Five trivial steps, one after the other; answers when each began. */
export async function fiveStepsWorkflow(): Promise<number[]> {
  const startedAtMs: number[] = [];
  for (let step = 0; step < 5; step += 1) startedAtMs.push(await noteTime(step));
  return startedAtMs;
}

/** Trivial steps that all start at once. */
export async function fanOutWorkflow(width: number): Promise<number[]> {
  return await Promise.all(Array.from({ length: width }, (_, step) => noteTime(step)));
}
