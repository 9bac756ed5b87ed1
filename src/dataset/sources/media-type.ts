import { parquetMediaType } from '../../contract/media-types.js';

const mediaTypes: readonly (readonly [ending: RegExp, mediaType: string])[] = [
  [/\.gz$/i, 'application/gzip'],
  [/\.zst$/i, 'application/zstd'],
  [/\.(parquet|pq)$/i, parquetMediaType],
  [/\.json$/i, 'application/json'],
  [/\.(jsonl|ndjson)$/i, 'application/x-ndjson'],
  [/\.(csv|tsv|tab|psv|txt)$/i, 'text/csv'],
];

/** Media type of a data file by the ending of its name; readers look at the bytes instead. */
export function toMediaType(name: string): string {
  return mediaTypes.find(([ending]) => ending.test(name))?.[1] ?? 'application/octet-stream';
}
