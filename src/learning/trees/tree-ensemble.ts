/**
 * Trees, packed for a walk that touches little memory: a node takes 16 bytes, and its right child follows its left one.
 */
export interface TreeEnsemble {
  readonly inputWidth: number;
  /** Raw scores a row; tree t adds to score t modulo this. */
  readonly scores: number;
  readonly iterations: number;
  /** Node at which each tree begins. */
  readonly roots: Int32Array;
  /** At 2 n: the threshold of node n, the number of its category set, or the value of a leaf. */
  readonly values: Float64Array;
  /**
   * The same memory; at 4 n + 2: feature times 8 plus a `nodeKinds` value, or `leaf`; at 4 n + 3: the left child, of
   * a leaf the leaf itself.
   */
  readonly links: Int32Array;
  /** Where the words of each category set begin, and where the last one ends. */
  readonly categoryBounds: Int32Array;
  /** Bit sets of the categories that go left, 32 a word. */
  readonly categoryWords: Uint32Array;
}

/** Where missing values go: right or left; in the `zero` kinds 0 is missing too. */
export const nodeKinds = {
  missingLeft: 0,
  missingRight: 1,
  zeroLeft: 2,
  zeroRight: 3,
  category: 4,
} as const;

/** The sign bit alone. */
export const leaf = -(2 ** 31);
