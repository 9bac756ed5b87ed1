import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the recorded histories lie; one JSON file each, in the form of Temporal's own tools. */
export const historiesFolder = fileURLToPath(new URL('./histories/', import.meta.url));

/** One event of a history, as far as the tests look into it. */
export interface HistoryEvent {
  readonly eventType: string;
  readonly [attributes: string]: unknown;
}

export interface RecordedHistory {
  /** `<what happened>.<workflow>`, e.g. `rejected.pipeline`. */
  readonly name: string;
  readonly history: { readonly events: readonly HistoryEvent[] };
}

export function readHistories(): RecordedHistory[] {
  return readdirSync(historiesFolder)
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      history: JSON.parse(readFileSync(`${historiesFolder}${file}`, 'utf8')),
    }));
}
