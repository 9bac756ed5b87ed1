const dataEndings = /\.(csv|tsv|tab|psv|txt|parquet|pq|json|jsonl|ndjson)(\.(gz|zst))?$/i;

/** Whether a file of a folder is taken for data; hidden files and those that begin with `_` are notes of programs. */
export function isDataFileName(name: string): boolean {
  return dataEndings.test(name) && !/^[._]/.test(name);
}
