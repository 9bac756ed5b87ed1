import { connect } from 'node:net';

/** Resolves when the server answers for the namespace; rejects while it does not. */
export async function checkTemporalReady(address: string, namespace: string): Promise<void> {
  await checkPort(address);
  // Loaded while the server starts, not before it is launched.
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address, connectTimeout: '2s' });
  try {
    await connection.withDeadline(Date.now() + 2_000, async () => {
      await connection.workflowService.describeNamespace({ namespace });
    });
  } finally {
    await connection.close();
  }
}

/** A gRPC channel that finds nobody waits a second before its next try; a plain socket costs nothing. */
function checkPort(address: string): Promise<void> {
  const separator = address.lastIndexOf(':');
  const host = address.slice(0, separator);
  const port = Number(address.slice(separator + 1));
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
