import { beforeEach, expect, test } from 'vitest';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import { parsePipelineBody } from './parse-pipeline-body.js';

const digest = 'a'.repeat(64);
const smallest = { name: 'p', source: 'https://example.org/a.csv', target: 'y' };
let stored: { text: string; mediaType: string }[];

const client = {
  async putBytes(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    stored.push({ text: Buffer.from(bytes).toString(), mediaType });
    return { uri: `s3://receta/${stored.length}`, sha256: digest, sizeBytes: 1, mediaType };
  },
  async findUpload(sha256: string) {
    if (sha256 !== digest) throw new RecetaError('source-not-found', 'there is no such upload');
    const artifact = { uri: 's3://receta/u', sha256, sizeBytes: 1, mediaType: 'text/csv' };
    return { name: 'rows.csv', artifact };
  },
};

function parse(pipeline: unknown, params = {}, dataDir: string | null = null) {
  return parsePipelineBody({ pipeline, params }, { dataDir, client });
}

beforeEach(() => {
  stored = [];
});

test('the pipeline is kept as it was sent, its members in their order', async () => {
  const transform = { z: 'SELECT * FROM source', a: 'SELECT * FROM z' };
  const pipeline = { ...smallest, transform };
  const plan = await parse(pipeline);

  expect(stored).toEqual([{ text: JSON.stringify(pipeline), mediaType: 'application/json' }]);
  expect(plan.file).toMatchObject({ uri: 's3://receta/1' });
  expect(plan.transform.map(({ name }) => name)).toEqual(['z', 'a']);
});

test('parameters are put into the source', async () => {
  const source = `https://example.org/\${params.month}.csv`;
  const plan = await parse({ ...smallest, params: { month: 'a' }, source }, { month: 'b' });

  expect(plan.params).toEqual({ month: 'b' });
  expect(plan.sources.source?.location).toEqual({
    kind: 'url',
    urls: ['https://example.org/b.csv'],
  });
  await expect(parse(smallest, { month: 'b' })).rejects.toMatchObject({
    code: 'request-invalid',
    problems: [{ path: 'params.month' }],
  });
});

test('an upload is named by its digest', async () => {
  const plan = await parse({ ...smallest, source: { upload: digest } });

  expect(plan.sources.source?.location).toMatchObject({ files: [{ name: 'rows.csv' }] });
  await expect(parse({ ...smallest, source: { upload: 'b'.repeat(64) } })).rejects.toMatchObject({
    code: 'source-not-found',
  });
});

test.each([
  ['a.csv', 'pipeline.source'],
  [{ sqlite: 'a.db', query: 't' }, 'pipeline.source'],
])('a path is refused by a service that reads no files: %j', async (source, path) => {
  await expect(parse({ ...smallest, source })).rejects.toMatchObject({
    code: 'source-forbidden',
    problems: [{ path }],
  });
  expect(stored).toEqual([]);
  const plan = await parse({ ...smallest, source }, {}, '/data');
  expect(plan.sources.source?.location.kind).not.toBe('artifacts');
});

test('row numbers are sent themselves, not as the path of a file', async () => {
  await expect(parse({ ...smallest, split: { rows: 'rows.json' } })).rejects.toMatchObject({
    code: 'pipeline-invalid',
    problems: [{ path: 'pipeline.split.rows' }],
  });
  const plan = await parse({ ...smallest, split: { rows: { test: [2, 1], validation: [0] } } });

  expect(stored[1]).toEqual({
    text: '{"validation":[0],"test":[1,2]}',
    mediaType: 'application/json',
  });
  expect(plan.split).toMatchObject({ type: 'fixed', rows: { sha256: digest } });
});

test('problems of the pipeline have paths below it', async () => {
  await expect(parse({ ...smallest, trails: 3 })).rejects.toMatchObject({
    code: 'pipeline-invalid',
    problems: [{ path: 'pipeline.trails' }],
  });
});
