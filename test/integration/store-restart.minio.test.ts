import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtifactStore } from '../../src/artifacts/artifact-store.js';
import { createJson, readJson } from '../../src/artifacts/json-records.js';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { type MinioServer, startMinioServer } from '../../src/local/start-minio-server.js';

describe('MinioObjectStore when its server is killed', () => {
  let folder: string;
  let server: MinioServer;
  let store: MinioObjectStore;

  async function startServer(port?: number): Promise<MinioServer> {
    const credentials = { accessKey: 'test-access', secretKey: 'test-secret-key' };
    return startMinioServer({ folder, env: process.env, ...credentials, ...(port && { port }) });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'receta-restart-'));
    server = await startServer();
    store = new MinioObjectStore({ ...server, bucket: 'receta' });
    await store.ensureBucket();
  });
  afterEach(async () => {
    await server.kill();
    await rm(folder, { recursive: true });
  });

  it('says that the store is away, and goes on with everything acknowledged after a restart', async () => {
    const artifacts = new ArtifactStore(store);
    const ref = await artifacts.putJson({ kept: true });
    await createJson(store, 'runs/a.json', { n: 1 });
    await server.kill();

    const away = { code: 'store-unavailable', message: expect.stringContaining(server.endpoint) };
    await expect(artifacts.getJson(ref)).rejects.toMatchObject(away);
    await expect(createJson(store, 'runs/b.json', { n: 2 })).rejects.toMatchObject(away);
    await expect(store.list('runs/')).rejects.toMatchObject(away);

    server = await startServer(server.port);
    expect(await artifacts.getJson(ref)).toEqual({ kept: true });
    expect((await readJson(store, 'runs/a.json'))?.value).toEqual({ n: 1 });
    expect(await createJson(store, 'runs/b.json', { n: 2 })).toBe('created');
  });

  it('leaves a record of racing writers whole and single when the server dies among them', async () => {
    const writers = Array.from({ length: 16 }, (_, writer) =>
      createJson(store, 'race/a.json', { writer }).catch(() => 'unknown' as const),
    );
    await Promise.race(writers);
    await server.kill();
    const outcomes = await Promise.all(writers);
    server = await startServer(server.port);
    const winners = outcomes.flatMap((outcome, writer) => (outcome === 'created' ? [writer] : []));
    expect(winners.length).toBeLessThanOrEqual(1);
    const stored = (await readJson<{ writer: number }>(store, 'race/a.json'))?.value.writer;
    expect(stored).toBeDefined();
    if (winners.length === 1) expect(stored).toBe(winners[0]);
    else expect(outcomes[stored ?? -1]).toBe('unknown');
  });
});
