import { nodeKinds, type TreeEnsemble } from './tree-ensemble.js';

/** What LightGBM takes for zero: 1e-35 as a float. */
const zeroThreshold = Math.fround(1e-35);

/** All but the sign. */
const featureBits = 0x7fffffff;

/** So many rows walk through one tree before the next, so that the tree stays in the nearest cache. */
const blockRows = 256;

/**
 * Sums up the trees for each row in LightGBM's order, and so to the bit.
 *
 * @param x whole rows, row-major
 * @returns rows x scores, row-major
 */
export function sumTrees(ensemble: TreeEnsemble, x: Float32Array): Float64Array {
  const rowCount = x.length / ensemble.inputWidth;
  const scores = new Float64Array(rowCount * ensemble.scores);
  const inQuads = rowCount - (rowCount % 4);
  for (let start = 0; start < inQuads; start += blockRows) {
    addBlock(ensemble, x, scores, { start, end: Math.min(inQuads, start + blockRows) });
  }
  for (let row = inQuads; row < rowCount; row += 1) addRow(ensemble, x, scores, row);
  return scores;
}

/**
 * Adds all trees for a multiple of four rows. Four rows walk side by side, since each step of one waits for the memory
 * of the step before. Positions of trees, nodes and scores lie inside their arrays: the parser has seen to it.
 */
function addBlock(
  ensemble: TreeEnsemble,
  x: Float32Array,
  scores: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const { roots, links, values, inputWidth: width, scores: count } = ensemble;
  for (let tree = 0; tree < roots.length; tree += 1) {
    const root = roots[tree] as number;
    for (let row = start; row < end; row += 4) {
      const offset = row * width;
      let [a, b, c, d] = [root, root, root, root];
      while (isAnyInside(links, a, b, c, d)) {
        a = step(ensemble, a, x, offset);
        b = step(ensemble, b, x, offset + width);
        c = step(ensemble, c, x, offset + 2 * width);
        d = step(ensemble, d, x, offset + 3 * width);
      }
      const at = row * count + (tree % count);
      scores[at] = (scores[at] as number) + (values[2 * a] as number);
      scores[at + count] = (scores[at + count] as number) + (values[2 * b] as number);
      scores[at + 2 * count] = (scores[at + 2 * count] as number) + (values[2 * c] as number);
      scores[at + 3 * count] = (scores[at + 3 * count] as number) + (values[2 * d] as number);
    }
  }
}

/** Adds all trees for one row, which walks through four of them side by side. */
function addRow(ensemble: TreeEnsemble, x: Float32Array, scores: Float64Array, row: number): void {
  const { roots, links, values, scores: count } = ensemble;
  const offset = row * ensemble.inputWidth;
  const add = (tree: number, node: number): void => {
    const at = row * count + (tree % count);
    scores[at] = (scores[at] as number) + (values[2 * node] as number);
  };
  const last = roots.length - 1;
  for (let tree = 0; tree <= last; tree += 4) {
    // Beyond the last tree the last one is walked again, and not added.
    let a = roots[tree] as number;
    let b = roots[Math.min(last, tree + 1)] as number;
    let c = roots[Math.min(last, tree + 2)] as number;
    let d = roots[Math.min(last, tree + 3)] as number;
    while (isAnyInside(links, a, b, c, d)) {
      a = step(ensemble, a, x, offset);
      b = step(ensemble, b, x, offset);
      c = step(ensemble, c, x, offset);
      d = step(ensemble, d, x, offset);
    }
    add(tree, a);
    if (tree + 1 <= last) add(tree + 1, b);
    if (tree + 2 <= last) add(tree + 2, c);
    if (tree + 3 <= last) add(tree + 3, d);
  }
}

/** Of leaves alone the sign bit is set. */
function isAnyInside(links: Int32Array, a: number, b: number, c: number, d: number): boolean {
  const first = (links[4 * a + 2] as number) & (links[4 * b + 2] as number);
  return (first & (links[4 * c + 2] as number) & (links[4 * d + 2] as number)) >= 0;
}

/** The node after this one on the way of a row; a leaf leads to itself. */
function step(ensemble: TreeEnsemble, node: number, x: Float32Array, offset: number): number {
  const meta = ensemble.links[4 * node + 2] as number;
  const bound = ensemble.values[2 * node] as number;
  const value = x[offset + ((meta & featureBits) >> 3)] as number;
  const kind = meta & 7;
  // Arithmetic instead of branches, which a processor could only guess.
  const right =
    kind <= nodeKinds.missingRight
      ? (Number(value > bound) | (Number(Number.isNaN(value)) & kind)) & ~(meta >> 31)
      : goesRight(ensemble, kind, bound, value);
  return (ensemble.links[4 * node + 3] as number) + right;
}

function goesRight(ensemble: TreeEnsemble, kind: number, bound: number, value: number): number {
  if (kind === nodeKinds.category) return isListed(ensemble, bound, value) ? 0 : 1;
  if (Math.abs(value) > zeroThreshold) return value > bound ? 1 : 0;
  return kind === nodeKinds.zeroRight ? 1 : 0;
}

/** Whether a category is in a set; missing, negative and unseen ones are in none. */
function isListed(
  { categoryBounds, categoryWords }: TreeEnsemble,
  set: number,
  value: number,
): boolean {
  const category = Math.trunc(value);
  const start = categoryBounds[set] as number;
  const words = (categoryBounds[set + 1] as number) - start;
  if (!(category >= 0 && category < 32 * words)) return false;
  return (((categoryWords[start + (category >>> 5)] as number) >>> (category & 31)) & 1) === 1;
}
