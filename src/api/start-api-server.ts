import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { RecetaError } from '../contract/errors.js';
import { drainingSetting } from './create-api.js';

export interface ApiServerOptions {
  readonly app: Express;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** How long requests may go on once the server was told to stop. */
  readonly drainMs?: number;
}

export interface ApiServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Denies readiness, takes no new connection, lets requests finish, then resolves. */
  close(): Promise<void>;
}

const headersTimeoutMs = 10_000;
/** Uploads are large; other bodies have a limit of their own. */
const requestTimeoutMs = 3_600_000;
const defaultDrainMs = 10_000;

/**
 * Listens for HTTP requests.
 *
 * @throws RecetaError `config-invalid` when the address cannot be listened on
 */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { app, host, port, drainMs = defaultDrainMs } = options;
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    app,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  const hostInUrl = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port: boundPort,
    url: `http://${hostInUrl}:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        app.enable(drainingSetting);
        const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function cannotListen(host: string, port: number, cause: Error): RecetaError {
  return new RecetaError(
    'config-invalid',
    `the API cannot listen on ${host}:${port}: ${cause.message}; ` +
      'free the address, or set RECETA_API_HOST and RECETA_API_PORT',
    { cause },
  );
}
