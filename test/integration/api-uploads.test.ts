import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as requestHttp } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { createTestNamespace } from '../servers/create-test-namespace.js';
import { type ApiService, problemOf, startApiService } from './fixtures/api-service.js';
import { exampleLimits } from './fixtures/example-plan.js';

const uploadSchema = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
});

let api: ApiService;
let objects: MinioObjectStore;

beforeAll(async () => {
  const address = inject('temporalAddress');
  const namespace = await createTestNamespace(address);
  objects = new MinioObjectStore({ ...inject('minio'), bucket: `test-${randomUUID()}` });
  await objects.ensureBucket();
  api = await startApiService({ temporal: { address, namespace }, objects });
});

afterAll(() => api.close());

function formOf(
  ...files: readonly (readonly [name: string, content: string | Uint8Array<ArrayBuffer>])[]
): FormData {
  const form = new FormData();
  for (const [name, content] of files) form.append('file', new Blob([content]), name);
  return form;
}

const upload = (body: FormData | string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/v1/uploads`, { method: 'POST', body, headers });

async function refusal(response: Response): Promise<{ status: number; code: string }> {
  const { code } = await problemOf(response);
  return { status: response.status, code };
}

/** Folders of uploads that are under way, of this process and others. */
const countFolders = async (): Promise<number> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('receta-upload-')).length;

describe('an upload', () => {
  it('is stored under its digest and found by it', async () => {
    const content = 'a,b\n1,2\n';
    const response = await upload(formOf(['rows.csv', content]));
    expect(response.status).toBe(201);
    const stored = uploadSchema.parse(await response.json());
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(stored).toEqual({ name: 'rows.csv', sha256, sizeBytes: content.length });
    const found = await api.client.findUpload(sha256);
    expect(found.name).toBe('rows.csv');
    expect(Buffer.from(await api.artifacts.getBytes(found.artifact)).toString()).toBe(content);
    const again = await upload(formOf(['renamed.csv', content]));
    expect(await again.json()).toEqual(stored);
    await expect.poll(countFolders).toBe(0);
  });

  it('of binary bytes up to the very limit is stored as it is', async () => {
    const bytes = new Uint8Array(exampleLimits.sourceMaxBytes).map((_, index) => index * 7);
    const response = await upload(formOf(['rows.parquet', bytes]));
    expect(response.status).toBe(201);
    const { sha256 } = uploadSchema.parse(await response.json());
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\data\\rows.csv', 'rows.csv'],
    ['café.csv', 'café.csv'],
  ])('named %s is called %s', async (given, name) => {
    const response = await upload(formOf([given, `a\n${given}\n`]));
    expect(uploadSchema.parse(await response.json()).name).toBe(name);
  });

  it('beyond the limit is refused, and leaves nothing', async () => {
    const before = (await objects.list('')).length;
    const bytes = new Uint8Array(exampleLimits.sourceMaxBytes + 1);
    expect(await refusal(await upload(formOf(['rows.csv', bytes])))).toEqual({
      status: 413,
      code: 'body-too-large',
    });
    expect((await objects.list('')).length).toBe(before);
    await expect.poll(countFolders).toBe(0);
  });

  it('without a file, with several, empty or of another form is refused', async () => {
    const noFile = new FormData();
    noFile.append('name', 'rows.csv');
    const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
    const torn =
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\n';
    const cases: readonly (readonly [Promise<Response>, number, string])[] = [
      [upload(noFile), 400, 'request-invalid'],
      [upload(formOf(['a.csv', 'a\n'], ['b.csv', 'b\n'])), 400, 'request-invalid'],
      [upload(formOf(['a.csv', ''])), 400, 'source-empty'],
      [upload('{}', { 'content-type': 'application/json' }), 415, 'unsupported-media-type'],
      [upload('x', { 'content-type': 'multipart/form-data' }), 415, 'unsupported-media-type'],
      [upload(torn, boundary), 400, 'request-invalid'],
      [upload('nothing', boundary), 400, 'request-invalid'],
    ];
    for (const [response, status, code] of cases) {
      expect(await refusal(await response)).toEqual({ status, code });
    }
    await expect.poll(countFolders).toBe(0);
  });

  it('from a page of another site is refused', async () => {
    const headers = { origin: 'https://evil.example' };
    expect(await refusal(await upload(formOf(['a.csv', 'a\n1\n']), headers))).toEqual({
      status: 403,
      code: 'host-forbidden',
    });
  });

  it('whose sender goes away leaves nothing', async () => {
    const before = (await objects.list('')).length;
    const request = requestHttp(`${api.url}/v1/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 900_000 },
    });
    request.on('error', () => undefined);
    request.write(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\n',
    );
    await expect.poll(countFolders).toBe(1);
    request.destroy();
    await expect.poll(countFolders).toBe(0);
    expect((await objects.list('')).length).toBe(before);
  });

  it('that nobody made is not found', async () => {
    await expect(api.client.findUpload('0'.repeat(64))).rejects.toMatchObject({
      code: 'source-not-found',
    });
  });
});
