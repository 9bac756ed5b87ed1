/**
 * Trees, packed for a walk that touches little memory and decides by whole numbers. What a tree compares with a
 * threshold is not the value of a feature but its rank: how many of the thresholds of a rank column lie below it.
 */
export interface TreeEnsemble {
  readonly inputWidth: number;
  /** Raw scores a row; tree t adds to score t modulo this. */
  readonly scores: number;
  readonly iterations: number;
  readonly columns: readonly RankColumn[];
  /** Position at which each tree begins in `nodes`. */
  readonly roots: Int32Array;
  /**
   * Four numbers a node: its rank column; a rank, of which higher ones go right, or `categoryFlag` and the number of a
   * set, or `leafFlag`; the position of its left child, which the right one follows, of a leaf its own; 0.
   */
  readonly nodes: Int32Array;
  /** Of each node; 0 where it is no leaf. */
  readonly leafValues: Float64Array;
  /** Where the words of each category set begin, and where the last one ends. */
  readonly categoryBounds: Int32Array;
  /** Bit sets of the categories that go left, 32 a word. */
  readonly categoryWords: Uint32Array;
}

/** One way of all trees to look at a feature. */
export interface RankColumn {
  readonly feature: number;
  readonly kind: RankKind;
  /** Ascending, none twice; of categories none. */
  readonly thresholds: Float64Array;
}

/** Where missing values go: left or right; in the `zero` kinds 0 is missing too. */
export type RankKind = 'missing-left' | 'missing-right' | 'zero-left' | 'zero-right' | 'category';

/** Numbers a node. */
export const nodeSize = 4;

/** Its logarithm: a position shifted by it to the right is the number of the node. */
export const nodeShift = 2;

/** Above every rank, so that a leaf leads to itself. */
export const leafFlag = 2 ** 30;

/** Above every rank too. */
export const categoryFlag = 2 ** 29;

/** What is missing, and goes right. */
export const highestRank = categoryFlag - 1;

/** A category that is in no set. */
export const noCategory = -1;
