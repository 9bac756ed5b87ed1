import { z } from 'zod';
import { RecetaError } from '../../contract/errors.js';
import { toMediaType } from '../../dataset/sources/media-type.js';
import type { ApiDependencies } from '../api-dependencies.js';
import { type ReceivedFile, type Route, route } from '../route.js';

const uploadSchema = z
  .object({
    name: z.string().describe('Name under which these bytes came first'),
    sha256: z.string().describe('Write it as `source: {upload: <sha256>}` in a pipeline'),
    sizeBytes: z.number().int(),
  })
  .meta({ id: 'Upload' });

export function createUploadRoutes({ client, limits }: ApiDependencies): Route[] {
  return [
    route<undefined, undefined, undefined, ReceivedFile>({
      method: 'post',
      path: '/v1/uploads',
      operationId: 'uploadFile',
      summary: 'Store a data file, sent as multipart/form-data, for pipelines to read',
      tag: 'uploads',
      upload: { limitBytes: limits?.sourceMaxBytes ?? 0 },
      responses: { 201: { description: 'Stored', content: uploadSchema } },
      handle: async ({ body: file, signal }) => {
        if (file.sizeBytes === 0) {
          throw new RecetaError(
            'source-empty',
            `cannot store ${file.name}: it is empty (0 bytes); a source has a header and at least one row`,
          );
        }
        const artifact = await client.putSource(file.path, toMediaType(file.name), { signal });
        await client.keepUpload({ name: file.name, artifact });
        const { sha256, sizeBytes } = artifact;
        const { name } = await client.findUpload(sha256);
        return { status: 201, body: { name, sha256, sizeBytes } };
      },
    }),
  ];
}
