import { join } from 'node:path';
import { findServerProgram, type ProgramEnvironment } from './find-server-program.js';
import { findFreePort } from './free-port.js';
import { type RunningServer, startServer } from './start-server.js';
import { createTemporalPart, temporalNamespace } from './temporal-part.js';

export interface TemporalServerOptions {
  /** Holds the database and the log; a server started later over the same folder finds the same state. */
  readonly folder: string;
  readonly env: ProgramEnvironment;
  readonly port?: number;
  readonly uiPort?: number;
}

export interface TemporalServer extends RunningServer {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
  readonly port: number;
}

/** Starts one Temporal dev server on loopback, with retention and search attributes set. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const port = options.port ?? (await findFreePort());
  const uiPort = options.uiPort ?? (await findFreePort());
  const server = await startServer(
    createTemporalPart({
      program: findServerProgram('temporal', options.env),
      databasePath: join(options.folder, 'temporal.db'),
      logPath: join(options.folder, 'temporal.log'),
      port,
      uiPort,
    }),
  );
  return {
    ...server,
    address: `127.0.0.1:${port}`,
    namespace: temporalNamespace,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    port,
  };
}
