import { readFileSync } from 'node:fs';

/** Last lines of a log, for the message that tells why a program ended. */
export function readLogTail(path: string, lines = 10): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
