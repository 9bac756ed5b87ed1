import {
  categoryFlag,
  leafFlag,
  nodeSize,
  type RankColumn,
  type RankKind,
  type TreeEnsemble,
} from './tree-ensemble.js';
import { invalidTrees } from './tree-text.js';

/** Bits of LightGBM's `decision_type`. */
const decision = { category: 1, defaultLeft: 2, missingShift: 2, missingZero: 1, missingNan: 2 };

type Lines = ReadonlyMap<string, string>;

/**
 * Packs trees for walking.
 *
 * @param trees the lines of each tree in LightGBM's text format, by name
 * @throws RecetaError `model-invalid` when they do not describe trees over the inputs
 */
export function packTrees(
  trees: readonly Lines[],
  inputWidth: number,
): Omit<TreeEnsemble, 'inputWidth' | 'scores' | 'iterations'> {
  const packer = new Packer(inputWidth);
  const roots = Int32Array.from(trees, (lines) => packer.add(lines));
  const { bounds, words } = packer;
  return {
    ...{ roots, ...packNodes(packer.nodes) },
    categoryBounds: Int32Array.from(bounds),
    categoryWords: Uint32Array.from(words),
  };
}

/** A node of all trees. */
type Node =
  | { readonly kind: 'leaf'; readonly value: number }
  | {
      readonly kind: RankKind;
      readonly feature: number;
      /** Of a category the number of its set. */
      readonly threshold: number;
      readonly left: number;
    };

function packNodes(all: readonly Node[]): Pick<TreeEnsemble, 'columns' | 'nodes' | 'leafValues'> {
  const columns = rankColumns(all);
  const positions = new Map([...columns.keys()].map((key, position) => [key, position]));
  const ranks = new Map([...columns].map(([key, { thresholds }]) => [key, indexOf(thresholds)]));
  const nodes = new Int32Array(nodeSize * all.length);
  const leafValues = new Float64Array(all.length);
  for (const [index, node] of all.entries()) {
    if (node.kind === 'leaf') {
      leafValues[index] = node.value;
      nodes.set([0, leafFlag, nodeSize * index], nodeSize * index);
      continue;
    }
    const key = keyOf(node);
    const bound =
      node.kind === 'category'
        ? categoryFlag | node.threshold
        : // Every threshold was taken from a node.
          (ranks.get(key)?.get(node.threshold) as number);
    nodes.set([positions.get(key) as number, bound, nodeSize * node.left], nodeSize * index);
  }
  return { columns: [...columns.values()], nodes, leafValues };
}

function rankColumns(all: readonly Node[]): ReadonlyMap<string, RankColumn> {
  const found = new Map<string, { feature: number; kind: RankKind; thresholds: Set<number> }>();
  for (const node of all) {
    if (node.kind === 'leaf') continue;
    const { feature, kind, threshold } = node;
    const key = keyOf(node);
    const column = found.get(key) ?? { feature, kind, thresholds: new Set<number>() };
    found.set(key, column);
    // 0 stands for -0 too, which is as large.
    if (kind !== 'category') column.thresholds.add(threshold + 0);
  }
  return new Map(
    [...found].map(([key, { thresholds, ...column }]) => [
      key,
      { ...column, thresholds: Float64Array.from(thresholds).sort() },
    ]),
  );
}

function keyOf({ feature, kind }: Pick<RankColumn, 'feature' | 'kind'>): string {
  return `${feature} ${kind}`;
}

function indexOf(thresholds: Float64Array): ReadonlyMap<number, number> {
  return new Map([...thresholds].map((threshold, index) => [threshold, index]));
}

/** The nodes of one tree as they stand in the text: internal ones by number, leaves as `~leaf`. */
interface TextTree {
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  readonly types: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leafValues: readonly number[];
}

class Packer {
  readonly nodes: Node[] = [];
  readonly bounds: number[] = [0];
  readonly words: number[] = [];
  readonly #inputWidth: number;

  constructor(inputWidth: number) {
    this.#inputWidth = inputWidth;
  }

  /** Adds a tree level by level and returns the position of its first node. */
  add(lines: Lines): number {
    const tree = readTree(lines, this.#inputWidth);
    const firstSet = this.#addCategories(lines);
    const root = this.nodes.length;
    const queue = [tree.left.length > 0 ? 0 : ~0];
    // Nodes leave the queue in the order of their positions.
    for (let index = 0; index < queue.length; index += 1) {
      const node = queue[index] as number;
      if (node < 0) {
        this.nodes.push({ kind: 'leaf', value: tree.leafValues[~node] as number });
        continue;
      }
      const feature = tree.features[node] as number;
      const given = tree.thresholds[node] as number;
      const kind = toRankKind(tree.types[node] as number, given);
      const threshold = kind === 'category' ? this.#findSet(firstSet, given) : given;
      this.nodes.push({ kind, feature, threshold, left: root + queue.length });
      queue.push(tree.left[node] as number, tree.right[node] as number);
    }
    return nodeSize * root;
  }

  /** @returns number of the first category set of the tree */
  #addCategories(lines: Lines): number {
    const first = this.bounds.length - 1;
    const sets = Number(lines.get('num_cat') ?? 0);
    if (sets === 0) return first;
    const bounds = readNumbers(lines, 'cat_boundaries', sets + 1);
    const isAscending = bounds.every((bound, index) => bound >= (bounds[index - 1] ?? 0));
    if (bounds[0] !== 0 || !isAscending) throw invalidTrees('sets of categories overlap');
    const start = this.words.length;
    for (const word of readNumbers(lines, 'cat_threshold', bounds.at(-1) ?? 0)) {
      this.words.push(word);
    }
    for (const bound of bounds.slice(1)) this.bounds.push(start + bound);
    return first;
  }

  /** The threshold of a category node is the number of its set in the tree. */
  #findSet(first: number, threshold: number): number {
    const set = first + threshold;
    if (Number.isSafeInteger(threshold) && threshold >= 0 && set < this.bounds.length - 1)
      return set;
    throw invalidTrees('a tree splits by categories that it does not list');
  }
}

function readTree(lines: Lines, inputWidth: number): TextTree {
  const leaves = Number(lines.get('num_leaves'));
  if (!Number.isSafeInteger(leaves) || leaves < 1) throw invalidTrees('a tree has no leaves');
  if (lines.get('is_linear') === '1') throw invalidTrees('its leaves hold linear models');
  const read = (name: string): number[] =>
    leaves === 1 ? [] : readNumbers(lines, name, leaves - 1);
  const tree = {
    features: read('split_feature'),
    thresholds: read('threshold'),
    types: read('decision_type'),
    left: read('left_child'),
    right: read('right_child'),
    leafValues: readNumbers(lines, 'leaf_value', leaves),
  };
  if (tree.features.some((feature) => !(feature >= 0 && feature < inputWidth))) {
    throw invalidTrees(`a tree splits a feature beyond the ${inputWidth} inputs`);
  }
  assertTree(tree, leaves);
  return tree;
}

function toRankKind(type: number, threshold: number): RankKind {
  if ((type & decision.category) !== 0) return 'category';
  const missing = (type >> decision.missingShift) & 3;
  const defaultLeft = (type & decision.defaultLeft) !== 0;
  if (missing === decision.missingZero) return defaultLeft ? 'zero-left' : 'zero-right';
  // A feature that was never missing while it was learned takes NaN for 0.
  const nanLeft = missing === decision.missingNan ? defaultLeft : 0 <= threshold;
  return nanLeft ? 'missing-left' : 'missing-right';
}

function readNumbers(lines: Lines, name: string, count: number): number[] {
  const numbers = (lines.get(name) ?? '').split(' ').map(toNumber);
  if (numbers.length === count && !numbers.some(Number.isNaN)) return numbers;
  throw invalidTrees(`${name} of a tree does not hold ${count} numbers`);
}

/** A split of missing against known values has the threshold `inf`. */
function toNumber(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return text === '' ? Number.NaN : Number(text);
}

/** Every node and leaf but the root is the child of one earlier node, so that every path ends. */
function assertTree({ left, right }: TextTree, leaves: number): void {
  const seen = new Set<number>();
  for (const children of [left, right]) {
    for (const [node, child] of children.entries()) {
      const isKnown = Number.isSafeInteger(child) && child < leaves - 1 && child >= -leaves;
      if (!isKnown || (child >= 0 && child <= node) || seen.has(child)) {
        throw invalidTrees(`node ${node} of a tree has the child ${child}`);
      }
      seen.add(child);
    }
  }
}
