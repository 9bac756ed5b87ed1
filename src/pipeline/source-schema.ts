import { z } from 'zod';
import { openReadOptions } from '../contract/open-read-options.js';
import { filledText, name, oneOrMore, sha256 } from './fields.js';
import { type FileTexts, readFileTexts, shortFormKinds } from './file-texts.js';
import {
  findReadProblems,
  readFields,
  readFormatFromNames,
  toReadOptions,
} from './read-options-schema.js';
import { mayBeSeveral, type PipelineSource, type SourcePlace } from './source-place.js';

const wantedSource =
  'a path, a folder, a glob, a URL, a list of these, or a section with one of path, url, s3, upload, postgres and sqlite';

const texts = (wanted: string) => oneOrMore(filledText(wanted), wanted);

const placeFields = {
  path: texts('a path, a folder or a glob, or a list of these')
    .exactOptional()
    .describe('File, folder (all data files in it) or glob, from where the pipeline file lies'),
  url: texts('an http or https URL, or a list of these')
    .exactOptional()
    .describe('http or https URL'),
  s3: texts('s3:// URLs')
    .exactOptional()
    .describe('`s3://bucket/key`, a prefix that ends in `/`, or a glob; needs `connection`'),
  upload: oneOrMore(sha256, '64 hexadecimal digits, or a list of these')
    .exactOptional()
    .describe('sha256 of a file that was uploaded with `POST /v1/uploads`'),
  postgres: name
    .exactOptional()
    .describe('Name of a connection to a PostgreSQL database; needs `query`'),
  sqlite: filledText('the path or URL of a SQLite file')
    .exactOptional()
    .describe('Path or URL of a SQLite file; needs `query`'),
};
const placeKeys = Object.keys(placeFields) as (keyof typeof placeFields)[];

const longFields = z.strictObject(
  {
    ...placeFields,
    query: filledText('one SELECT, or the name of a table')
      .exactOptional()
      .describe('One SELECT, or the name of a table, for `postgres` and `sqlite`'),
    connection: name
      .exactOptional()
      .describe('Name of the connection with the credentials, for `s3`'),
    ...readFields,
    sha256: sha256
      .exactOptional()
      .describe('Expected digest of the one file; another one fails the run'),
  },
  { error: wantedSource },
);

type LongFields = z.output<typeof longFields>;
type Report = (key: keyof LongFields, message: string, wanted?: boolean) => void;

const shortForm = oneOrMore(filledText(wantedSource), wantedSource).transform(
  (written, context): PipelineSource => {
    const found = readFileTexts(written, shortFormKinds);
    if ('place' in found) return { place: found.place, read: openReadOptions, sha256: null };
    for (const { index, message, wanted } of found.problems) {
      const path = written.length === 1 ? [] : [index];
      context.addIssue({ code: 'custom', path, message, params: { wanted } });
    }
    return z.NEVER;
  },
);

const longForm = longFields.transform((fields, context): PipelineSource => {
  let problems = 0;
  const report: Report = (key, message, wanted = false) => {
    problems += 1;
    context.addIssue({ code: 'custom', path: [key], message, params: { wanted } });
  };
  const given = placeKeys.filter((key) => fields[key] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'has none' : `has ${given.join(' and ')}`;
    context.addIssue({
      code: 'custom',
      message: `${found}, wanted exactly one of ${placeKeys.join(', ')}`,
    });
    return z.NEVER;
  }
  const place = toPlace(fields, report);
  if (place !== null) checkOptions(fields, place, report);
  if (place === null || problems > 0) return z.NEVER;
  return { place, read: toReadOptions(fields), sha256: fields.sha256 ?? null };
});

/** One source: the short form or the long one. */
export const sourceSchema = z.union([shortForm, longForm], { error: wantedSource });

function toPlace(fields: LongFields, report: Report): SourcePlace | null {
  const { upload, postgres, sqlite, query, connection, s3 } = fields;
  const isDatabase = postgres !== undefined || sqlite !== undefined;
  if (isDatabase && query === undefined) {
    report('query', 'is missing, wanted one SELECT, or the name of a table');
    return null;
  }
  if (!isDatabase && query !== undefined) {
    report('query', 'belongs to postgres and sqlite; write SQL over files in transform');
  }
  if (s3 === undefined && connection !== undefined) {
    const remedy =
      postgres === undefined ? 'leave it out' : '`postgres` names the connection already';
    report('connection', `belongs to s3; ${remedy}`);
  }
  if (s3 !== undefined && connection === undefined) {
    report('connection', 'is missing, wanted the name of the connection with the credentials');
    return null;
  }
  if (upload !== undefined) return { kind: 'upload', digests: upload };
  if (postgres !== undefined) return { kind: 'postgres', connection: postgres, query: query ?? '' };
  return toFilePlace(fields, report);
}

function toFilePlace(fields: LongFields, report: Report): SourcePlace | null {
  const { sqlite, query = '', connection = '' } = fields;
  const [key, written, kinds]: [keyof LongFields, readonly string[], FileTexts['kinds']] =
    sqlite !== undefined
      ? ['sqlite', [sqlite], ['path', 'url']]
      : fields.url !== undefined
        ? ['url', fields.url, ['url']]
        : fields.s3 !== undefined
          ? ['s3', fields.s3, ['s3']]
          : ['path', fields.path ?? [], ['path']];
  const found = readFileTexts(written, { kinds, connection });
  if ('problems' in found) {
    for (const { message, wanted } of found.problems) report(key, message, wanted);
    return null;
  }
  const { place } = found;
  if (sqlite === undefined) return place;
  return place.kind === 'path' || place.kind === 'url'
    ? { kind: 'sqlite', file: place, query }
    : null;
}

function checkOptions(fields: LongFields, place: SourcePlace, report: Report): void {
  const names = listNames(place);
  if (place.kind === 'postgres' || place.kind === 'sqlite') {
    for (const key of Object.keys(readFields) as (keyof typeof readFields)[]) {
      if (fields[key] !== undefined) {
        report(key, `belongs to files; a database has types of its own, so convert in query`);
      }
    }
  } else {
    const format = fields.format ?? readFormatFromNames(names);
    for (const { key, message } of findReadProblems(fields, format)) report(key, message);
  }
  if (fields.sha256 === undefined) return;
  if (place.kind === 'postgres' || place.kind === 'upload') {
    report('sha256', `belongs to files; leave it out`);
  } else if (mayBeSeveral(names)) {
    report(
      'sha256',
      'is the digest of one file, and several are meant; leave it out, or name one file',
    );
  }
}

/** Texts that name files. */
function listNames(place: SourcePlace): readonly string[] {
  switch (place.kind) {
    case 'path':
      return place.paths;
    case 'url':
      return place.urls.map((url) => url.replace(/[?#].*$/, ''));
    case 's3':
      return place.keys;
    case 'sqlite':
      return listNames(place.file);
    default:
      return [''];
  }
}
