import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { prepareNamespace } from '../../src/local/prepare-namespace.js';

const visibleWithinMs = 30_000;

/**
 * Registers a Temporal namespace that one test has for itself: task queues have fixed names, so tests that
 * ran in one namespace would serve each other's work.
 */
export async function createTestNamespace(address: string): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await untilItWorks(() =>
      prepareNamespace({ address, namespace, apiKey: null, tls: false }, { retentionHours: null }),
    );
    await untilItWorks(() =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'pipeline' } }),
    );
  } finally {
    await connection.close();
  }
  return namespace;
}

/** The server's parts learn of a new namespace one after the other. */
async function untilItWorks(call: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + visibleWithinMs;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(50);
    }
  }
}
