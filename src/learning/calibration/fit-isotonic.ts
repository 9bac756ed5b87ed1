import type { CalibratedRows } from './calibrated-rows.js';
import type { IsotonicCalibration } from './calibration.js';

/** Rows with neighboring probabilities of which equally many came true. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly weight: number;
  /** Weight of the rows of the second class. */
  readonly positive: number;
}

/**
 * Fits the best curve that never falls through the share of the second class (pool adjacent violators; Zadrozny and
 * Elkan, "Transforming classifier scores into accurate multiclass probability estimates", 2002). Its ends are kept off 0
 * and 1 by as much as n rows that agree leave in doubt: 1 / (n + 2), Laplace's rule of succession.
 *
 * @param rows of two classes; at least one, each of a weight above 0
 */
export function fitIsotonic(rows: CalibratedRows): IsotonicCalibration {
  const blocks: Block[] = [];
  for (const next of groupByProbability(rows)) {
    let block = next;
    for (let before = blocks.at(-1); before && share(before) >= share(block); ) {
      blocks.pop();
      block = pool(before, block);
      before = blocks.at(-1);
    }
    blocks.push(block);
  }
  const doubt = 1 / (rows.targets.length + 2);
  const points = blocks.flatMap((block) => {
    const y = Math.min(1 - doubt, Math.max(doubt, share(block)));
    return block.first === block.last
      ? [[block.first, y]]
      : [
          [block.first, y],
          [block.last, y],
        ];
  }) as [x: number, y: number][];
  return { kind: 'isotonic', x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

/** One block for each different probability, ascending. */
function groupByProbability({ probabilities, targets, weights }: CalibratedRows): Block[] {
  // Sums of rounded probabilities may be a little above 1.
  const scores = probabilities
    .filter((_, index) => index % 2 === 1)
    .map((score) => Math.min(1, score));
  // Rows are inside all arrays.
  const order = Uint32Array.from(scores, (_, row) => row).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  const groups: Block[] = [];
  for (const row of order) {
    const score = scores[row] as number;
    const weight = weights === null ? 1 : (weights[row] as number);
    const positive = targets[row] === 1 ? weight : 0;
    const block = { first: score, last: score, weight, positive };
    const before = groups.at(-1);
    if (before?.first === score) groups[groups.length - 1] = pool(before, block);
    else groups.push(block);
  }
  return groups;
}

function pool(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  return { first: a.first, last: b.last, weight, positive: a.positive + b.positive };
}

function share({ positive, weight }: Block): number {
  return positive / weight;
}
