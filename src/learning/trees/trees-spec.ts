/** A boosted ensemble of trees; the trees themselves are LightGBM's text format in the U8 tensor `trees`. */
export interface TreesSpec {
  readonly inputWidth: number;
  /** Numbers a row: 1 for a regression, else the number of classes (2 for binary). */
  readonly outputs: number;
  /** How raw scores become answers. */
  readonly answer: 'identity' | 'sigmoid' | 'softmax';
  /** Iterations that answer, the best ones: the others of the text are passed over. */
  readonly iterations: number;
}
