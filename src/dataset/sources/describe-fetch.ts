import type { KnownFile, LocalFile } from './fetched-file.js';

type Content = Omit<LocalFile, 'state' | 'reason'>;

/** A file on this machine with the reason for which it was fetched. */
export function toLocalFile(content: Content, known: KnownFile | null): LocalFile {
  return { ...content, state: 'ran', reason: describeFetch(content, known) };
}

function describeFetch({ name, sha256 }: Content, known: KnownFile | null): string {
  if (known === null) return `${name} was not fetched before`;
  return known.sha256 === sha256
    ? `${name} was fetched again and is the same`
    : `${name} has changed`;
}
