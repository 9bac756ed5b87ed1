import { createServer } from 'node:net';

/** First of the wanted loopback ports that can be bound now, else one that the kernel picks. */
export async function findFreePort(wanted: readonly number[] = []): Promise<number> {
  for (const port of wanted) {
    if ((await bind(port)) !== null) return port;
  }
  const port = await bind(0);
  if (port === null) throw new Error('The kernel has no free loopback port.');
  return port;
}

function bind(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
