/** Work of one row on its way forward through a network, and how many rows come at a time. */
export interface RowCost {
  readonly batchSize: number;
  /** Multiplications of weights. */
  readonly multiplications: number;
  /** Values that go through activations, dropout and encodings. */
  readonly values: number;
}

/** Start of the process, loading TensorFlow and writing the graph. */
const startSeconds = 3;
/** Forward and back, on one core of a machine of today. */
const secondsPerMultiplication = 6e-11;
const secondsPerValue = 3e-9;
/** Of a batch, however small: the optimizer, and nodes of the graph. */
const secondsPerStep = 2.5e-4;

/** Rough seconds of so many epochs. */
export function estimateNetworkSeconds(
  { multiplications, values, batchSize }: RowCost,
  trainRows: number,
  epochs: number,
): number {
  const perRow =
    secondsPerMultiplication * multiplications +
    secondsPerValue * values +
    secondsPerStep / Math.min(batchSize, trainRows);
  return startSeconds + epochs * trainRows * perRow;
}

/** Most epochs, between the two bounds, that are estimated to end within the given time. */
export function epochsWithin(
  seconds: number,
  cost: RowCost,
  trainRows: number,
  bounds: { readonly least: number; readonly most: number },
): number {
  const perEpoch = estimateNetworkSeconds(cost, trainRows, 1) - startSeconds;
  const affordable = Math.floor((seconds - startSeconds) / perEpoch);
  return Math.min(bounds.most, Math.max(bounds.least, affordable));
}
