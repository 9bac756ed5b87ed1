import { leaf, nodeKinds, type TreeEnsemble } from './tree-ensemble.js';
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
): Pick<TreeEnsemble, 'roots' | 'values' | 'links' | 'categoryBounds' | 'categoryWords'> {
  const packer = new Packer(inputWidth);
  const roots = Int32Array.from(trees, (lines) => packer.add(lines));
  const { numbers, tags, lefts, bounds, words } = packer;
  const values = new Float64Array(2 * numbers.length);
  const links = new Int32Array(values.buffer);
  for (const [node, number] of numbers.entries()) {
    values[2 * node] = number;
    // There is one of each for every node.
    links[4 * node + 2] = tags[node] as number;
    links[4 * node + 3] = lefts[node] as number;
  }
  const categoryBounds = Int32Array.from(bounds);
  return { roots, values, links, categoryBounds, categoryWords: Uint32Array.from(words) };
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
  readonly numbers: number[] = [];
  readonly tags: number[] = [];
  readonly lefts: number[] = [];
  readonly bounds: number[] = [0];
  readonly words: number[] = [];
  readonly #inputWidth: number;

  constructor(inputWidth: number) {
    this.#inputWidth = inputWidth;
  }

  /** Adds a tree level by level and returns its first node. */
  add(lines: Lines): number {
    const tree = readTree(lines, this.#inputWidth);
    const firstSet = this.#addCategories(lines);
    const root = this.numbers.length;
    const queue = [tree.left.length > 0 ? 0 : ~0];
    // Nodes leave the queue in the order of their positions.
    for (let index = 0; index < queue.length; index += 1) {
      const node = queue[index] as number;
      if (node < 0) {
        this.#push(tree.leafValues[~node] as number, leaf, root + index);
        continue;
      }
      const threshold = tree.thresholds[node] as number;
      const kind = toNodeKind(tree.types[node] as number, threshold);
      const number = kind === nodeKinds.category ? this.#findSet(firstSet, threshold) : threshold;
      this.#push(number, (tree.features[node] as number) * 8 + kind, root + queue.length);
      queue.push(tree.left[node] as number, tree.right[node] as number);
    }
    return root;
  }

  #push(number: number, tag: number, left: number): void {
    this.numbers.push(number);
    this.tags.push(tag);
    this.lefts.push(left);
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

function toNodeKind(type: number, threshold: number): number {
  if ((type & decision.category) !== 0) return nodeKinds.category;
  const missing = (type >> decision.missingShift) & 3;
  const defaultLeft = (type & decision.defaultLeft) !== 0;
  if (missing === decision.missingZero) {
    return defaultLeft ? nodeKinds.zeroLeft : nodeKinds.zeroRight;
  }
  // A feature that was never missing while it was learned takes NaN for 0.
  const nanLeft = missing === decision.missingNan ? defaultLeft : 0 <= threshold;
  return nanLeft ? nodeKinds.missingLeft : nodeKinds.missingRight;
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
