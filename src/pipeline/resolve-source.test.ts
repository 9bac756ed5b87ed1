import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { resolveServiceSource, resolveSource } from './resolve-source.js';

function fileWith(source: unknown) {
  return parsePipelineObject({ name: 'p', target: 'y', source });
}

test('a path is meant from the folder of the pipeline file', () => {
  const pipelinePath = '/home/ann/pipelines/p.yaml';

  expect(resolveSource(fileWith('../data/a.csv'), { pipelinePath })).toEqual({
    kind: 'local-file',
    path: '/home/ann/data/a.csv',
    sha256: null,
  });
  expect(resolveSource(fileWith('/srv/a.csv'), { pipelinePath })).toMatchObject({
    path: '/srv/a.csv',
  });
});

test('a URL stays as it is', () => {
  const source = { url: 'https://example.org/a.csv', sha256: '0'.repeat(64) };

  expect(resolveSource(fileWith(source), { pipelinePath: 'p.yaml' })).toEqual({
    kind: 'url',
    ...source,
  });
});

test('over HTTP a path is left to the worker, which knows its data folder', () => {
  expect(resolveServiceSource(fileWith('sub/a.csv'))).toEqual({
    kind: 'path',
    path: 'sub/a.csv',
    sha256: null,
  });
});
