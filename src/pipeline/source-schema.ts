import { z } from 'zod';
import { sha256 } from './fields.js';

/** Where a pipeline file says that its data is; a path is as written, not yet resolved. */
export type PipelineSource =
  | { readonly kind: 'path'; readonly path: string; readonly sha256: string | null }
  | { readonly kind: 'url'; readonly url: string; readonly sha256: string | null };

const wantedPath = 'the path of a CSV file';
const wantedUrl = 'an http or https URL without user name and password';
const wantedSource = 'a path, a URL, or a path or url with a sha256';
const schemePattern = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

const path = z
  .string({ error: wantedPath })
  .regex(/^(?![A-Za-z][A-Za-z0-9+.-]*:\/\/)[^\0]+$/, wantedPath)
  .describe('Path of a CSV file, relative to the pipeline file');

const url = z
  .string({ error: wantedUrl })
  .refine(isPublicForm, { error: wantedUrl, params: { wanted: true } })
  .describe('http or https URL of a CSV file');

const digest = sha256.optional().describe('Expected digest of the file; another one fails the run');

const shortForm = z
  .string({ error: wantedSource })
  .min(1, wantedSource)
  .refine((text) => !schemePattern.test(text) || isPublicForm(text), {
    error: wantedUrl,
    params: { wanted: true },
  })
  .transform(
    (text): PipelineSource =>
      schemePattern.test(text)
        ? { kind: 'url', url: text, sha256: null }
        : { kind: 'path', path: text, sha256: null },
  );

const longForm = z
  .strictObject(
    { path: path.optional(), url: url.optional(), sha256: digest },
    { error: wantedSource },
  )
  .refine((source) => (source.path === undefined) !== (source.url === undefined), {
    error: 'needs either a path or a url',
  })
  .transform((source): PipelineSource => {
    const digits = source.sha256 ?? null;
    return source.url === undefined
      ? { kind: 'path', path: source.path ?? '', sha256: digits }
      : { kind: 'url', url: source.url, sha256: digits };
  });

export const sourceSchema = z.union([shortForm, longForm], { error: wantedSource });

/** Credentials in a URL would end up in plans, records and histories. */
function isPublicForm(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
