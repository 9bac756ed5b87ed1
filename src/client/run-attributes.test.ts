import { expect, test } from 'vitest';
import { openReadOptions } from '../contract/open-read-options.js';
import type { SourceLocation } from '../contract/pipeline-plan.js';
import { toSourceLabel } from './run-attributes.js';

function labelOf(...locations: readonly SourceLocation[]): string {
  const sources = locations.map((location, index) => [
    `source_${index}`,
    { location, read: openReadOptions, sha256: null },
  ]);
  return toSourceLabel(Object.fromEntries(sources));
}

test('a label says where the data is', () => {
  const artifact = { uri: 's3://r/x', sha256: 'a', sizeBytes: 1, mediaType: 'text/csv' };

  expect(labelOf({ kind: 'artifacts', files: [{ name: 'a.csv', artifact }] })).toBe('a.csv');
  expect(labelOf({ kind: 'path', paths: ['a/', 'b/', 'c.csv'] })).toBe('a/ and 2 more');
  expect(labelOf({ kind: 's3', connection: 'lake', bucket: 'b', keys: ['x/*.csv'] })).toBe(
    's3://b/x/*.csv',
  );
});

test('a label of several sources names all of them', () => {
  expect(labelOf({ kind: 'path', paths: ['a.csv'] }, { kind: 'path', paths: ['b.csv'] })).toBe(
    'a.csv, b.csv',
  );
});

test('a label has no password, no query of a URL and no SQL', () => {
  const url = 'https://ann:secret@data.example/a.csv?token=secret';
  const query = "SELECT * FROM t WHERE name = 'secret'";

  expect(
    labelOf(
      { kind: 'url', urls: [url] },
      { kind: 'postgres', connection: 'warehouse', query },
      { kind: 'sqlite', file: { kind: 'url', urls: [url] }, query },
    ),
  ).toBe('https://data.example/a.csv, postgres:warehouse, https://data.example/a.csv');
});
