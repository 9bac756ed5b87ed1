import type { ModelFamily } from '../../family.js';
import { countMargins } from './linear-model.js';

/** Penalties that are tried. */
const [lowest, highest] = [1e-6, 1];

/** Evaluations until L-BFGS ends. */
const passes = 60;
const secondsOfPass = 2e-9;
const secondsOfProduct = 6e-10;

/** Linear models: each feature moves the answer by its own constant factor. */
export const linearFamily: ModelFamily = {
  name: 'linear',
  title: 'Linear model: each feature moves the answer by a constant factor of its own.',
  features: {},
  /** As much as one more row would count. */
  defaultParameters: ({ trainRows }) => ({
    penalty: Math.min(highest, Math.max(lowest, toOneDigit(1 / trainRows))),
  }),
  searchSpace: () => [{ kind: 'float', name: 'penalty', low: lowest, high: highest, log: true }],
  acceptedParameters: [{ kind: 'float', name: 'penalty', low: 1e-10, high: 1e6 }],
  defaultEpochs: () => 1,
  estimateSeconds({ trainRows, width, classCount, loss }) {
    const numbers = trainRows * width;
    if (loss.kind === 'squared') return 0.2 + numbers * Math.min(width, 1_000) * secondsOfProduct;
    return 0.2 + numbers * countMargins(classCount) * passes * secondsOfPass;
  },
  backend: () => ({ name: 'receta', versions: {}, threads: 1 }),
  source:
    'Ridge, logistic, multinomial, Huber and quantile regression; Hastie, Tibshirani and Friedman, ' +
    '"The Elements of Statistical Learning", 2009, sections 3.4 and 4.4',
};

function toOneDigit(value: number): number {
  return Number(value.toPrecision(1));
}
