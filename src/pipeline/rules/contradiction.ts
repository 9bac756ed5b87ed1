/** Two parts of a pipeline file that do not go together. */
export interface Contradiction {
  /** Of the part that has to change. */
  readonly path: readonly (string | number)[];
  /** Follows the path. */
  readonly message: string;
}
