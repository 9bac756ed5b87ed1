import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PartSpec } from './part-spec.js';

export interface MinioPartOptions {
  readonly program: string;
  readonly folder: string;
  readonly logPath: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly prepare?: () => Promise<void>;
}

/** MinIO's default region name. */
export const minioRegion = 'us-east-1';

/** MinIO on loopback over one folder, without its browser console. */
export function createMinioPart(options: MinioPartOptions): PartSpec {
  const { program, folder, logPath, port, accessKey, secretKey, prepare } = options;
  const endpoint = `http://127.0.0.1:${port}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    name: 'minio',
    needs: [],
    command: program,
    args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder],
    env: {
      HOME: folder,
      MINIO_ROOT_USER: accessKey,
      MINIO_ROOT_PASSWORD: secretKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      MINIO_REGION: minioRegion,
      // Keeps MinIO's own certificate folder out of the user's home.
      MINIO_CONFIG_DIR: join(folder, '.minio.sys', 'config'),
    },
    logPath,
    port,
    url: endpoint,
    checkReady: () => checkMinioReady(endpoint),
    ...(prepare === undefined ? {} : { prepare }),
    startDeadlineMs: 30_000,
    stopGraceMs: 5_000,
  };
}

/** Resolves when MinIO says that it can read and write. */
async function checkMinioReady(endpoint: string): Promise<void> {
  const response = await fetch(`${endpoint}/minio/health/ready`, {
    signal: AbortSignal.timeout(2_000),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`its health check answered ${response.status}`);
}
