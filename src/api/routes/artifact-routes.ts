import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ApiDependencies } from '../api-dependencies.js';
import { type Route, route } from '../route.js';
import { pathName } from '../schemas/field-schemas.js';
import { artifactListSchema } from '../schemas/run-schemas.js';

export function createArtifactRoutes({ client }: ApiDependencies): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/runs/{runId}/artifacts',
      operationId: 'listRunArtifacts',
      summary: 'List the artifacts of a run',
      tag: 'runs',
      params: z.strictObject({ runId: pathName }),
      responses: { 200: { description: 'Artifacts by name', content: artifactListSchema } },
      handle: async ({ params }) => ({
        status: 200,
        body: { artifacts: await client.listArtifacts(params.runId) },
      }),
    }),
    route({
      method: 'get',
      path: '/v1/runs/{runId}/artifacts/{name}',
      operationId: 'getRunArtifact',
      summary: 'Download an artifact; its sha256 was checked before the first byte is sent',
      tag: 'runs',
      params: z.strictObject({ runId: pathName, name: pathName }),
      responses: { 200: { description: 'The bytes', content: 'file' } },
      handle: async ({ params, signal }) => {
        const artifact = await client.findArtifact(params.runId, params.name);
        const folder = await mkdtemp(join(tmpdir(), 'receta-artifact-'));
        const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
        const path = join(folder, 'bytes');
        try {
          await client.getArtifactFile(artifact, path, { signal });
        } catch (error) {
          await dispose();
          throw error;
        }
        const { sizeBytes, mediaType, sha256 } = artifact;
        return {
          status: 200,
          headers: { ETag: `"${sha256}"` },
          file: { path, sizeBytes, mediaType, fileName: params.name, dispose },
        };
      },
    }),
  ];
}
