/**
 * One trained model, ready to answer in plain TypeScript. Each row goes through the same arithmetic on its own, so its
 * answer is equal to the bit whether it comes alone or among others.
 */
export interface MemberPredictor {
  /** Features a row. */
  readonly inputWidth: number;
  /** Numbers an answer: 1 for a regression, else the number of classes. */
  readonly outputs: number;
  /**
   * @param x rows x inputWidth, row-major
   * @returns rows x outputs, row-major: class probabilities, or the scaled target
   * @throws RecetaError `model-invalid` when x is no whole number of rows
   */
  answer(x: Float32Array): Float32Array;
}
