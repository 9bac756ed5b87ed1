import { weightedMean } from './judge-numbers.js';

/** Metrics of a classification, each computed when it is asked for. */
export interface ClassMeasures {
  readonly logLoss: () => number;
  readonly accuracy: () => number;
  readonly rocAuc?: () => number;
}

/** Probabilities are kept this far from 0 and 1, as in the evaluation of the test part. */
const smallestProbability = 2 ** -23;

/**
 * @param answers rows x classes: probabilities
 * @param targets class index of each row
 * @param weights of the rows; `null`: all the same
 */
export function judgeClasses(
  answers: Float32Array,
  targets: Int32Array,
  weights: Float32Array | null,
): ClassMeasures {
  const rowCount = targets.length;
  const classCount = answers.length / rowCount;
  const lossOf = (row: number): number => {
    const probability = answers[row * classCount + (targets[row] as number)] as number;
    return -Math.log(Math.min(1 - smallestProbability, Math.max(smallestProbability, probability)));
  };
  const isHit = (row: number): number =>
    findHighest(answers, row * classCount, classCount) === targets[row] ? 1 : 0;
  // A probability that is no number makes every metric NaN, not only those of its class.
  const ifNumbers = (measure: () => number) => (): number =>
    answers.some(Number.isNaN) ? Number.NaN : measure();
  return {
    logLoss: ifNumbers(() => weightedMean(rowCount, weights, lossOf)),
    accuracy: ifNumbers(() => weightedMean(rowCount, weights, isHit)),
    ...(classCount === 2
      ? { rocAuc: ifNumbers(() => measureRocAuc(answers, targets, weights)) }
      : {}),
  };
}

/** Of equal probabilities the first counts. */
function findHighest(answers: Float32Array, start: number, classCount: number): number {
  let best = 0;
  for (let index = 1; index < classCount; index += 1) {
    // All indexes are inside the row.
    if ((answers[start + index] as number) > (answers[start + best] as number)) best = index;
  }
  return best;
}

/**
 * Area under the ROC curve: the chance that a row of the second class scores above one of the first, ties counting
 * half; NaN while only one class has weight.
 */
function measureRocAuc(
  answers: Float32Array,
  targets: Int32Array,
  weights: Float32Array | null,
): number {
  const order = sortRowsByScore(answers, targets.length);
  let [positives, negatives, wins] = [0, 0, 0];
  for (let start = 0; start < order.length; ) {
    const score = answers[2 * (order[start] as number) + 1];
    let [tiedPositives, tiedNegatives] = [0, 0];
    let end = start;
    for (; end < order.length; end += 1) {
      // Positions before the end hold rows.
      const row = order[end] as number;
      if (answers[2 * row + 1] !== score) break;
      const weight = weights === null ? 1 : (weights[row] as number);
      if (targets[row] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    wins += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    start = end;
  }
  return wins / (positives * negatives);
}

/** Rows by the probability of the second class, ascending. */
function sortRowsByScore(answers: Float32Array, rowCount: number): Float64Array {
  // Bits of floats from 0 to 1 ascend with them and are below 2^30, so a key is exact for up to 2^23 rows, and a
  // typed array sorts numbers several times faster than it calls a comparison.
  if (rowCount <= 2 ** 23) {
    const bits = new Uint32Array(answers.buffer, answers.byteOffset, answers.length);
    const keys = Float64Array.from(
      { length: rowCount },
      (_, row) => (bits[2 * row + 1] as number) * rowCount + row,
    ).sort();
    return keys.map((key) => key % rowCount);
  }
  return Float64Array.from({ length: rowCount }, (_, row) => row).sort(
    (a, b) => (answers[2 * a + 1] as number) - (answers[2 * b + 1] as number),
  );
}
