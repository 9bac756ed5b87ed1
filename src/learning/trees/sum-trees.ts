import { rankRows } from './rank-rows.js';
import { categoryFlag, leafFlag, nodeShift, nodeSize, type TreeEnsemble } from './tree-ensemble.js';

/** So many rows walk through one tree before the next, so that the tree stays in the nearest cache. */
const blockRows = 128;

/**
 * Sums up the trees for each row in LightGBM's order, and so to the bit.
 *
 * @param x whole rows, row-major
 * @returns rows x scores, row-major
 */
export function sumTrees(ensemble: TreeEnsemble, x: Float32Array): Float64Array {
  const rowCount = x.length / ensemble.inputWidth;
  const scores = new Float64Array(rowCount * ensemble.scores);
  const ranks = new Int32Array(Math.min(rowCount, blockRows) * ensemble.columns.length);
  for (let start = 0; start < rowCount; start += blockRows) {
    const block = { start, end: Math.min(rowCount, start + blockRows) };
    rankRows(ensemble, x, block, ranks);
    addBlock(ensemble, ranks, scores, block);
  }
  return scores;
}

/** Adds all trees for some rows, of which the last ones, that make no four, go one by one. */
function addBlock(
  ensemble: TreeEnsemble,
  ranks: Int32Array,
  scores: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const inQuads = (end - start) & ~3;
  addQuads(ensemble, ranks, scores, { start, end: start + inQuads });
  for (let row = start + inQuads; row < end; row += 1) {
    addRow(ensemble, ranks, (row - start) * ensemble.columns.length, scores, row);
  }
}

/**
 * Adds all trees for a multiple of four rows. Four rows walk side by side, since each step of one waits for the memory
 * of the step before. Positions of trees, nodes and scores lie inside their arrays: the parser has seen to it.
 */
function addQuads(
  ensemble: TreeEnsemble,
  ranks: Int32Array,
  scores: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const { roots, nodes, leafValues, scores: count } = ensemble;
  const width = ensemble.columns.length;
  for (let tree = 0; tree < roots.length; tree += 1) {
    const root = roots[tree] as number;
    let at = start * count + (tree % count);
    for (let offset = 0; offset < (end - start) * width; offset += 4 * width) {
      let [a, b, c, d] = [root, root, root, root];
      while (isAnyInside(nodes, a, b, c, d)) {
        a = step(ensemble, a, ranks, offset);
        b = step(ensemble, b, ranks, offset + width);
        c = step(ensemble, c, ranks, offset + 2 * width);
        d = step(ensemble, d, ranks, offset + 3 * width);
      }
      add(scores, at, leafValues[a >> nodeShift] as number);
      add(scores, at + count, leafValues[b >> nodeShift] as number);
      add(scores, at + 2 * count, leafValues[c >> nodeShift] as number);
      add(scores, at + 3 * count, leafValues[d >> nodeShift] as number);
      at += 4 * count;
    }
  }
}

/** Adds all trees for one row, which walks through four of them side by side. */
function addRow(
  ensemble: TreeEnsemble,
  ranks: Int32Array,
  offset: number,
  scores: Float64Array,
  row: number,
): void {
  const { roots, nodes, leafValues, scores: count } = ensemble;
  const addTree = (tree: number, node: number): void =>
    add(scores, row * count + (tree % count), leafValues[node >> nodeShift] as number);
  const last = roots.length - 1;
  for (let tree = 0; tree <= last; tree += 4) {
    // Beyond the last tree the last one is walked again, and not added.
    let a = roots[tree] as number;
    let b = roots[Math.min(last, tree + 1)] as number;
    let c = roots[Math.min(last, tree + 2)] as number;
    let d = roots[Math.min(last, tree + 3)] as number;
    while (isAnyInside(nodes, a, b, c, d)) {
      a = step(ensemble, a, ranks, offset);
      b = step(ensemble, b, ranks, offset);
      c = step(ensemble, c, ranks, offset);
      d = step(ensemble, d, ranks, offset);
    }
    addTree(tree, a);
    if (tree + 1 <= last) addTree(tree + 1, b);
    if (tree + 2 <= last) addTree(tree + 2, c);
    if (tree + 3 <= last) addTree(tree + 3, d);
  }
}

function add(scores: Float64Array, at: number, value: number): void {
  scores[at] = (scores[at] as number) + value;
}

function isAnyInside(nodes: Int32Array, a: number, b: number, c: number, d: number): boolean {
  const first = (nodes[a + 1] as number) & (nodes[b + 1] as number);
  return (first & (nodes[c + 1] as number) & (nodes[d + 1] as number) & leafFlag) === 0;
}

/** The node after this one on the way of a row; a leaf leads to itself. */
function step(ensemble: TreeEnsemble, node: number, ranks: Int32Array, offset: number): number {
  const { nodes } = ensemble;
  const rank = ranks[offset + (nodes[node] as number)] as number;
  const bound = nodes[node + 1] as number;
  // Arithmetic instead of a branch, which a processor could only guess.
  const right =
    (bound & categoryFlag) === 0
      ? Number(rank > bound)
      : Number(!isListed(ensemble, bound ^ categoryFlag, rank));
  return (nodes[node + 2] as number) + nodeSize * right;
}

/** Whether a category is in a set; missing, negative and unseen ones are in none. */
function isListed(
  { categoryBounds, categoryWords }: TreeEnsemble,
  set: number,
  category: number,
): boolean {
  const start = categoryBounds[set] as number;
  const words = (categoryBounds[set + 1] as number) - start;
  if (!(category >= 0 && category < 32 * words)) return false;
  return (((categoryWords[start + (category >>> 5)] as number) >>> (category & 31)) & 1) === 1;
}
