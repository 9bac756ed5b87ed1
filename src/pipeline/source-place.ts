import { fileURLToPath } from 'node:url';
import type { ReadOptions } from '../contract/pipeline-plan.js';
import { placeholderPattern } from '../contract/placeholders.js';

/** Files of one kind; texts are as written, parameters not yet put in. */
export type FilePlace =
  | { readonly kind: 'path'; readonly paths: readonly string[] }
  | { readonly kind: 'url'; readonly urls: readonly string[] };

/** Where a pipeline file says that the data of a source is. */
export type SourcePlace =
  | FilePlace
  | {
      readonly kind: 's3';
      readonly connection: string;
      readonly bucket: string;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'upload'; readonly digests: readonly string[] }
  | { readonly kind: 'postgres'; readonly connection: string; readonly query: string }
  | { readonly kind: 'sqlite'; readonly file: FilePlace; readonly query: string };

export interface PipelineSource {
  readonly place: SourcePlace;
  readonly read: ReadOptions;
  readonly sha256: string | null;
}

/** What one text says of where files are. */
export type PlaceText =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'invalid'; readonly wanted: string };

const wantedUrl = 'an http or https URL without user name and password';
const wantedS3 =
  's3://bucket/ and an object key, a prefix that ends in "/", or a glob such as s3://bucket/trips/*.csv';
const wantedPath = 'a path, a folder or a glob';
const wantedFileUrl = 'file:// and an absolute path on this machine';

/** Finds out what a text means: a scheme makes it a URL, anything else is a path. */
export function readPlaceText(text: string): PlaceText {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return readPath(text);
  if (scheme === 's3') return readS3(text);
  if (scheme === 'file') return readFileUrl(text);
  return isPublicUrl(text) ? { kind: 'url', url: text } : { kind: 'invalid', wanted: wantedUrl };
}

function readPath(text: string): PlaceText {
  const isPath = text.trim() !== '' && !text.includes('\0');
  return isPath ? { kind: 'path', path: text } : { kind: 'invalid', wanted: wantedPath };
}

function readS3(text: string): PlaceText {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\0]+)$/i.exec(text) ?? [];
  if (bucket === undefined || key === undefined) return { kind: 'invalid', wanted: wantedS3 };
  return { kind: 's3', bucket, key };
}

function readFileUrl(text: string): PlaceText {
  try {
    return {
      kind: 'path',
      path: fileURLToPath(text.replace(placeholderPattern, encodeURIComponent)),
    };
  } catch {
    return { kind: 'invalid', wanted: wantedFileUrl };
  }
}

/** Credentials in a URL would end up in plans, records and histories. */
function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

/** Whether more than one file may be meant by paths or object keys. */
export function mayBeSeveral(texts: readonly string[]): boolean {
  const plain = texts.map((text) => text.replace(placeholderPattern, 'x'));
  return plain.length > 1 || plain.some((text) => text.endsWith('/') || /[*?[\]{}]/.test(text));
}
