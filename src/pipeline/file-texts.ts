import { type PlaceText, readPlaceText, type SourcePlace } from './source-place.js';

type Kind = Exclude<PlaceText['kind'], 'invalid'>;

/** What the texts of a source may be. */
export interface FileTexts {
  readonly kinds: readonly Kind[];
  /** Connection of s3 URLs; `null`: the form has no place for one. */
  readonly connection: string | null;
}

export const shortFormKinds: FileTexts = { kinds: ['path', 'url'], connection: null };

interface TextProblem {
  readonly index: number;
  readonly message: string;
  /** The message says what is wanted rather than what is wrong. */
  readonly wanted: boolean;
}

const names: Readonly<Record<Kind, string>> = {
  path: 'a path',
  url: 'a URL',
  s3: 'an s3 URL',
};

/** Reads the texts that name the files of one source; all have to be of one kind, and of one bucket. */
export function readFileTexts(
  texts: readonly string[],
  allowed: FileTexts,
):
  | { readonly place: Extract<SourcePlace, { kind: 'path' | 'url' | 's3' }> }
  | { readonly problems: readonly TextProblem[] } {
  const found = texts.map(readPlaceText);
  const problems = found.flatMap((text, index) => {
    const problem = describeText(text, found, allowed);
    return problem === null ? [] : [{ index, ...problem }];
  });
  if (problems.length > 0) return { problems };
  return { place: toPlace(found, allowed.connection ?? '') };
}

function describeText(
  text: PlaceText,
  all: readonly PlaceText[],
  { kinds, connection }: FileTexts,
): { message: string; wanted: boolean } | null {
  if (text.kind === 'invalid') return { message: text.wanted, wanted: true };
  if (text.kind === 's3' && connection === null) {
    const message = 'needs a connection; write a section: { s3: "s3://...", connection: NAME }';
    return { message, wanted: false };
  }
  if (!kinds.includes(text.kind)) {
    const wanted = kinds.map((kind) => names[kind]).join(' or ');
    return {
      message: `is ${names[text.kind]}, wanted ${wanted}; use the key \`${text.kind}\``,
      wanted: false,
    };
  }
  const [first] = all;
  if (first !== undefined && first.kind !== 'invalid' && first.kind !== text.kind) {
    const message = `is ${names[text.kind]}, and the first of the list is ${names[first.kind]}; a list has files of one kind`;
    return { message, wanted: false };
  }
  if (first?.kind === 's3' && text.kind === 's3' && first.bucket !== text.bucket) {
    const message = `lies in the bucket ${text.bucket}, and the first of the list in ${first.bucket}; a source has one bucket`;
    return { message, wanted: false };
  }
  return null;
}

function toPlace(
  found: readonly PlaceText[],
  connection: string,
): Extract<SourcePlace, { kind: 'path' | 'url' | 's3' }> {
  const [first] = found;
  if (first?.kind === 's3') {
    const keys = found.flatMap((text) => (text.kind === 's3' ? [text.key] : []));
    return { kind: 's3', connection, bucket: first.bucket, keys };
  }
  const urls = found.flatMap((text) => (text.kind === 'url' ? [text.url] : []));
  if (urls.length > 0) return { kind: 'url', urls };
  return {
    kind: 'path',
    paths: found.flatMap((text) => (text.kind === 'path' ? [text.path] : [])),
  };
}
