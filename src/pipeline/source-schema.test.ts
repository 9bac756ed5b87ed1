import { expect, test } from 'vitest';
import { openReadOptions } from '../contract/open-read-options.js';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { problemsOf, sourceless } from './testdata/problems-of.js';

const digest = '0f'.repeat(32);

function placeOf(source: unknown) {
  return parsePipelineObject({ name: 'p', target: 'y', source }).sources.source?.place;
}

test('a text with a scheme is a URL, any other is a path', () => {
  expect(placeOf('HTTPS://example.org/a.csv?x=1')).toEqual({
    kind: 'url',
    urls: ['HTTPS://example.org/a.csv?x=1'],
  });
  expect(placeOf('../data/a b.csv')).toEqual({ kind: 'path', paths: ['../data/a b.csv'] });
  expect(placeOf('C:\\data.csv')).toMatchObject({ kind: 'path' });
  expect(placeOf('file:///srv/a%20b.csv')).toEqual({ kind: 'path', paths: ['/srv/a b.csv'] });
});

test('a list is several files of one source', () => {
  expect(placeOf(['a.csv', 'b/', 'c/*.csv'])).toEqual({
    kind: 'path',
    paths: ['a.csv', 'b/', 'c/*.csv'],
  });
});

test('the long form takes every kind of place', () => {
  expect(placeOf({ path: 'data/' })).toEqual({ kind: 'path', paths: ['data/'] });
  expect(placeOf({ url: ['http://x/1', 'http://x/2'] })).toMatchObject({ kind: 'url' });
  expect(placeOf({ s3: ['s3://lake/a/', 's3://lake/b.csv'], connection: 'lake' })).toEqual({
    kind: 's3',
    connection: 'lake',
    bucket: 'lake',
    keys: ['a/', 'b.csv'],
  });
  expect(placeOf({ upload: digest.toUpperCase() })).toEqual({ kind: 'upload', digests: [digest] });
  expect(placeOf({ postgres: 'warehouse', query: 'trips' })).toEqual({
    kind: 'postgres',
    connection: 'warehouse',
    query: 'trips',
  });
  expect(placeOf({ sqlite: 'https://x/shop.db', query: 'trips' })).toEqual({
    kind: 'sqlite',
    file: { kind: 'url', urls: ['https://x/shop.db'] },
    query: 'trips',
  });
});

test('what is said of reading is kept, the rest is left to be found out', () => {
  const source = {
    path: 'a.csv',
    header: false,
    delimiter: '\\t',
    types: { zip: 'decimal( 5,0 )' },
  };
  const file = parsePipelineObject({ name: 'p', target: 'y', source });

  expect(file.sources.source?.read).toEqual({
    ...openReadOptions,
    header: false,
    delimiter: '\t',
    types: { zip: 'DECIMAL(5,0)' },
  });
});

test.each([
  [
    '3',
    '3:9 source is 3, wanted a path, a folder, a glob, a URL, a list of these, or a section with one of path, url, s3, upload, postgres and sqlite',
  ],
  [
    '[]',
    '3:9 source is an empty list, wanted a path, a folder, a glob, a URL, a list of these, or a section with one of path, url, s3, upload, postgres and sqlite',
  ],
  [
    's3://bucket/a.csv',
    '3:9 source needs a connection; write a section: { s3: "s3://...", connection: NAME }',
  ],
  [
    'ftp://x/a',
    '3:9 source is "ftp://x/a", wanted an http or https URL without user name and password',
  ],
  [
    '{url: ftp://x/a}',
    '3:15 source.url is "ftp://x/a", wanted an http or https URL without user name and password',
  ],
  [
    '[a.csv, https://x/y.csv]',
    '3:17 source[1] is a URL, and the first of the list is a path; a list has files of one kind',
  ],
  ['{paht: a.csv}', '3:10 source.paht is not a known key; did you mean source.path?'],
  [
    '{path: a, url: "http://x/y"}',
    '3:9 source has path and url, wanted exactly one of path, url, s3, upload, postgres, sqlite',
  ],
  ['{}', '3:9 source has none, wanted exactly one of path, url, s3, upload, postgres, sqlite'],
  ['{path: a, sha256: abc}', '3:27 source.sha256 is "abc", wanted 64 hexadecimal digits'],
  ['{path: "https://x/a"}', '3:16 source.path is a URL, wanted a path; use the key `url`'],
  ['{url: a.csv}', '3:15 source.url is a path, wanted a URL; use the key `path`'],
  [
    '{s3: s3://bucket/a.csv}',
    '3:9 source.connection is missing, wanted the name of the connection with the credentials',
  ],
  [
    '{s3: s3://bucket, connection: lake}',
    '3:14 source.s3 is "s3://bucket", wanted s3://bucket/ and an object key, a prefix that ends in "/", or a glob such as s3://bucket/trips/*.csv',
  ],
  [
    '{s3: [s3://bucket/a.csv, s3://other/a.csv], connection: lake}',
    '3:14 source.s3 lies in the bucket other, and the first of the list in bucket; a source has one bucket',
  ],
  ['{path: a, connection: lake}', '3:31 source.connection belongs to s3; leave it out'],
  [
    '{postgres: db, query: t, connection: lake}',
    '3:46 source.connection belongs to s3; `postgres` names the connection already',
  ],
  ['{sqlite: a.db}', '3:9 source.query is missing, wanted one SELECT, or the name of a table'],
  [
    '{path: a.csv, query: SELECT 1}',
    '3:30 source.query belongs to postgres and sqlite; write SQL over files in transform',
  ],
  [
    '{sqlite: a.db, query: t, header: true}',
    '3:42 source.header belongs to files; a database has types of its own, so convert in query',
  ],
  [
    '{path: a.parquet, delimiter: ";"}',
    '3:38 source.delimiter belongs to csv, and this source is parquet; leave it out',
  ],
  [
    '{url: "https://x/a.parquet?token=1", header: true}',
    '3:54 source.header belongs to csv, and this source is parquet; leave it out',
  ],
  [
    '{path: a.csv, format: json, quote: ""}',
    '3:44 source.quote belongs to csv, and this source is json; leave it out',
  ],
  [
    '{path: a.csv, delimiter: ";;"}',
    '3:34 source.delimiter is ";;", wanted one character, such as ";" or "\\t"',
  ],
  ['{path: a.csv, delimiter: ",", decimal: ","}', '3:48 source.decimal is the delimiter too'],
  ['{path: a.csv, columns: [a, b, a]}', '3:32 source.columns names "a" twice'],
  ['{path: a.csv, nulls: [NA, 0]}', '3:35 source.nulls[1] is 0, wanted a text; put it in quotes'],
  [
    '{path: a.csv, types: {x: NUMBER}}',
    '3:34 source.types.x is "NUMBER", wanted a SQL type such as BIGINT, DOUBLE, DECIMAL(10,2), VARCHAR, BOOLEAN, DATE or TIMESTAMP',
  ],
  [
    '{path: a.csv, datetimeFormat: "%d.%m %H"}',
    '3:39 source.datetimeFormat has no year (%Y or %y); a pattern is such as "%d.%m.%Y %H:%M"',
  ],
  [
    '{path: a.csv, datetimeFormat: "%Y-%m-%d %T"}',
    '3:39 source.datetimeFormat has %T, which is not known; known are %Y %y %m %d %H %I %M %S %f %p %b %B %a %A %z %%',
  ],
  [
    `{path: a/*.csv, sha256: ${digest}}`,
    '3:33 source.sha256 is the digest of one file, and several are meant; leave it out, or name one file',
  ],
  [`{upload: ${digest}, sha256: ${digest}}`, '3:92 source.sha256 belongs to files; leave it out'],
])('a source that cannot be is named with its place and a remedy: %s', (source, problem) => {
  expect(problemsOf(`${sourceless}source: ${source}\n`)).toEqual([problem]);
});

test('a URL with a password is refused without repeating the password', () => {
  expect(problemsOf(`${sourceless}source: https://me:secret1@example.org/a.csv\n`)).toEqual([
    '3:9 source is "https://***@example.org/a.csv", wanted an http or https URL without user name and password',
  ]);
});

test.each([
  [
    '',
    '1:1 source is missing, wanted a path, a URL or a section; or give several, by name, in sources',
  ],
  ['sources: {}', '3:10 sources is empty, wanted at least one source'],
  [
    'source: a.csv\nsources: {b: b.csv}',
    '4:10 sources stands beside source; give one source there, or several here',
  ],
  [
    'sources: {a: a.csv, b: b.csv}',
    '3:10 sources names 2 tables, and nothing says which is learned from; name one transform query that joins them',
  ],
  [
    'sources: {a: a.csv, A: b.csv}\ntransform: SELECT 1',
    '3:24 sources.A differs from a in upper and lower case only, which SQL does not tell apart',
  ],
  ['sources: {select: a.csv}', '3:11 sources.select is a word of SQL; choose another name'],
  [
    'sources: {my-data: a.csv}',
    '3:11 sources.my-data must be a letter or "_", then letters, digits and "_", at most 63, so that queries can read it',
  ],
  [
    'sources: {receta_a: a.csv}',
    '3:11 sources.receta_a begins with "receta_", which Receta keeps for itself',
  ],
  [
    'source: a.csv\ntransform: {Source: SELECT 1}',
    '4:21 transform.Source has the name of the source source; choose another name',
  ],
  [
    'source: a.csv\ntransform: {a: SELECT 1, A: SELECT 2}',
    '4:29 transform.A has the name of the query a; choose another name',
  ],
  [
    'sources: {result: a.csv}\ntransform: SELECT 1',
    '4:12 transform makes the table result, and a source has that name; rename the source, or name the query',
  ],
  ['source: a.csv\ntransform: {}', '4:12 transform is empty, wanted one SELECT, or leave it out'],
])('names of sources and queries are told apart: %j', (rest, problem) => {
  expect(problemsOf(sourceless + rest)).toEqual([problem]);
});
