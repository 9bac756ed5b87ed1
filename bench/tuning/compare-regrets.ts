/** Regrets of two sides at one problem, seed by seed. */
export interface PairedRegrets {
  readonly own: readonly number[];
  readonly peer: readonly number[];
}

export interface RegretComparison {
  /** Geometric means over seeds and then problems. */
  readonly own: number;
  readonly peer: number;
  /** Below it lies the true ratio own / peer with 95 % confidence. */
  readonly ratioUpper: number;
}

/** One-sided, of the normal distribution: there are hundreds of pairs. */
const quantile95 = 1.6449;

/** Compares regrets by the mean of their logarithms; every problem counts the same. */
export function compareRegrets(problems: readonly PairedRegrets[]): RegretComparison {
  const own = mean(problems.map((pairs) => mean(pairs.own.map(Math.log))));
  const peer = mean(problems.map((pairs) => mean(pairs.peer.map(Math.log))));
  const variance =
    problems.reduce((sum, pairs) => sum + varianceOfMean(toLogRatios(pairs)), 0) /
    problems.length ** 2;
  return {
    own: Math.exp(own),
    peer: Math.exp(peer),
    ratioUpper: Math.exp(own - peer + quantile95 * Math.sqrt(variance)),
  };
}

function toLogRatios({ own, peer }: PairedRegrets): readonly number[] {
  return own.map((value, i) => Math.log(value / (peer[i] ?? Number.NaN)));
}

function varianceOfMean(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
