/** One file of an exported model. */
export interface ExportedFile {
  /** Below the folder of the export, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
