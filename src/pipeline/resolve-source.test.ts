import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { openReadOptions } from '../contract/open-read-options.js';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { resolveServiceSources, resolveSources } from './resolve-source.js';

const artifact = {
  uri: 's3://receta/x',
  sha256: 'a'.repeat(64),
  sizeBytes: 8,
  mediaType: 'text/csv',
};
const pipelinePath = '/home/ann/pipelines/p.yaml';
const unread = { read: openReadOptions, sha256: null };

async function findUpload(sha256: string) {
  if (sha256 === artifact.sha256) return { name: 'rows.csv', artifact };
  throw new RecetaError('source-not-found', 'there is no such upload');
}

function fileWith(source: unknown, params: Readonly<Record<string, unknown>> = {}) {
  return parsePipelineObject({ name: 'p', target: 'y', source, params });
}

async function resolveOne(source: unknown) {
  const options = { pipelinePath, params: {}, findUpload };
  return (await resolveSources(fileWith(source), options)).source;
}

async function resolveServiceOne(source: unknown) {
  return (await resolveServiceSources(fileWith(source), { params: {}, findUpload })).source;
}

test('paths are meant from the folder of the pipeline file', async () => {
  expect(await resolveOne(['../data/a.csv', '/srv/b.csv', 'months/', '*.csv'])).toEqual({
    kind: 'local',
    paths: [
      '/home/ann/data/a.csv',
      '/srv/b.csv',
      '/home/ann/pipelines/months/',
      '/home/ann/pipelines/*.csv',
    ],
    ...unread,
    sqliteQuery: null,
  });
});

test('a local database is brought along with what is read of it', async () => {
  expect(await resolveOne({ sqlite: 'shop.db', query: 'orders' })).toMatchObject({
    kind: 'local',
    paths: ['/home/ann/pipelines/shop.db'],
    sqliteQuery: 'orders',
  });
});

test('places that a worker reaches stay as they are', async () => {
  const url = 'https://example.org/a.csv';

  expect(await resolveOne({ url, sha256: 'B'.repeat(64) })).toEqual({
    location: { kind: 'url', urls: [url] },
    read: openReadOptions,
    sha256: 'b'.repeat(64),
  });
  expect(await resolveOne({ postgres: 'warehouse', query: 'trips' })).toEqual({
    location: { kind: 'postgres', connection: 'warehouse', query: 'trips' },
    ...unread,
  });
  expect(await resolveOne({ s3: 's3://lake/a/', connection: 'lake' })).toEqual({
    location: { kind: 's3', connection: 'lake', bucket: 'lake', keys: ['a/'] },
    ...unread,
  });
});

test('an upload is found by its digest', async () => {
  expect(await resolveOne({ upload: artifact.sha256 })).toEqual({
    location: { kind: 'artifacts', files: [{ name: 'rows.csv', artifact }] },
    ...unread,
  });
  await expect(resolveOne({ upload: 'c'.repeat(64) })).rejects.toThrow('no such upload');
});

test('over HTTP a path is left to the worker, which knows its data folder', async () => {
  expect(await resolveServiceOne('sub/*.csv')).toEqual({
    location: { kind: 'path', paths: ['sub/*.csv'] },
    ...unread,
  });
  expect(await resolveServiceOne({ sqlite: 'shop.db', query: 'orders' })).toEqual({
    location: { kind: 'sqlite', file: { kind: 'path', paths: ['shop.db'] }, query: 'orders' },
    ...unread,
  });
});

test('parameters of the run are put into the place', async () => {
  const file = fileWith(`trips/\${params.year}-\${params.month}.csv`, { month: '03', year: 2019 });
  const resolve = (month: string) =>
    resolveServiceSources(file, { params: { month, year: 2020 }, findUpload });

  expect(await resolve('04')).toMatchObject({
    source: { location: { paths: ['trips/2020-04.csv'] } },
  });
  await expect(resolve('../../etc')).rejects.toMatchObject({
    code: 'request-invalid',
    message:
      `cannot put the parameter month into the source trips/\${params.year}-\${params.month}.csv: ` +
      'it is "../../etc", and ".." would lead to another place; write that part into the source itself',
  });
});
