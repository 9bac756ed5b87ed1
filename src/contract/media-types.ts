/** Media type of Parquet files. */
export const parquetMediaType = 'application/vnd.apache.parquet';
