import type { Readable } from 'node:stream';

const maxLines = 20;
const maxCharacters = 4_000;

/** The last lines of a stream. */
export interface StreamTail {
  read(): string;
  /** Forgets what came so far. */
  clear(): void;
}

/** Keeps the last lines of a stream, however much comes through it. */
export function keepTail(stream: Readable | null): StreamTail {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-maxCharacters);
  });
  return {
    read: () => tail.trimEnd().split('\n').slice(-maxLines).join('\n'),
    clear: () => {
      tail = '';
    },
  };
}
