import { join } from 'node:path';
import { findServerProgram, type ProgramEnvironment } from './find-server-program.js';
import { findFreePort } from './free-port.js';
import { createMinioPart, minioRegion } from './minio-part.js';
import { type RunningServer, startServer } from './start-server.js';

export interface MinioServerOptions {
  /** Holds the objects and the log; a server started later over the same folder finds the same state. */
  readonly folder: string;
  readonly env: ProgramEnvironment;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly port?: number;
}

export interface MinioServer extends RunningServer {
  /** e.g. `http://127.0.0.1:9000` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  readonly port: number;
}

/** Starts one MinIO server on loopback, without any bucket. */
export async function startMinioServer(options: MinioServerOptions): Promise<MinioServer> {
  const port = options.port ?? (await findFreePort());
  const { folder, accessKey, secretKey } = options;
  const server = await startServer(
    createMinioPart({
      program: findServerProgram('minio', options.env),
      folder: join(folder, 'objects'),
      logPath: join(folder, 'minio.log'),
      port,
      accessKey,
      secretKey,
    }),
  );
  return {
    ...server,
    endpoint: `http://127.0.0.1:${port}`,
    accessKey,
    secretKey,
    region: minioRegion,
    port,
  };
}
