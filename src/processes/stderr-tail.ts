import type { Readable } from 'node:stream';

const maxLines = 20;
const maxCharacters = 4_000;

/** Keeps the last lines of a stream, however much comes through it. */
export function keepTail(stream: Readable | null): () => string {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-maxCharacters);
  });
  return () => tail.trimEnd().split('\n').slice(-maxLines).join('\n');
}
