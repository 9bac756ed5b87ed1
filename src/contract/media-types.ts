/** Media type of files of tensors. */
export const safetensorsMediaType = 'application/x-safetensors';

/** Media type of Parquet files. */
export const parquetMediaType = 'application/vnd.apache.parquet';
