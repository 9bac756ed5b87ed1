import { Client, Connection } from '@temporalio/client';
import type { World } from './create-world.js';

/** Places where one of the secrets can be read: objects of the world's bucket and histories of its workflows. */
export async function findLeaks(world: World, secrets: readonly string[]): Promise<string[]> {
  const isLeak = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  return [...(await findInObjects(world, isLeak)), ...(await findInHistories(world, isLeak))];
}

async function findInObjects(
  { storage }: World,
  isLeak: (text: string) => boolean,
): Promise<string[]> {
  const leaks: string[] = [];
  for (const { key } of await storage.objects.list('')) {
    const { body } = await storage.objects.get(key);
    if (isLeak(Buffer.from(body).toString('latin1'))) leaks.push(`object ${key}`);
  }
  return leaks;
}

async function findInHistories(
  { env }: World,
  isLeak: (text: string) => boolean,
): Promise<string[]> {
  const leaks: string[] = [];
  const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS ?? '' });
  try {
    const { workflow } = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE ?? '' });
    for await (const { workflowId, runId } of workflow.list()) {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      if (isLeak(toText(history))) leaks.push(`history of ${workflowId}`);
    }
  } finally {
    await connection.close();
  }
  return leaks;
}

/** All texts of a history; those of payloads are bytes in it. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(toText).join('\n');
}
