/** Reference to immutable stored bytes; the only form in which data passes through a workflow. */
export interface ArtifactRef {
  /** `s3://<bucket>/artifacts/<first two hex digits>/<sha256>` */
  readonly uri: string;
  /** Lower-case hex digest of the bytes, checked on every read. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}
