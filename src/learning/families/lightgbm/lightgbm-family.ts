import type { Parameters } from '../../../contract/run-status.js';
import type { DatasetTraits, ModelFamily } from '../../family.js';
import { defaultParameters } from './default-parameters.js';
import { acceptedParameters } from './lightgbm-parameters.js';
import { lightgbmVersion } from './lightgbm-version.js';
import { lightgbmSearchSpace } from './search-space.js';

/** Iterations after which early stopping usually has ended a training at a learning rate of 1. */
const usualIterations = 40;

/** Seconds that one number of the train part costs in one iteration, on one core. */
const secondsPerNumber = 1e-8;

/** Gradient-boosted decision trees by the native LightGBM. */
export const lightgbmFamily: ModelFamily = {
  name: 'lightgbm',
  title: 'LightGBM: gradient-boosted decision trees with native categories and missing values',
  features: {
    number: { scale: 'none', impute: 'none' },
    category: { encode: 'index' },
    datetime: { cyclic: false },
  },
  defaultParameters,
  searchSpace: () => lightgbmSearchSpace,
  acceptedParameters,
  defaultEpochs: () => 3_000,
  estimateSeconds,
  backend: () => ({ name: 'lightgbm', versions: { lightgbm: lightgbmVersion }, threads: 1 }),
  source:
    'LightGBM 4.7 (Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 2017)',
};

function estimateSeconds(traits: DatasetTraits, parameters: Parameters, epochs: number): number {
  const { trainRows, width, classCount } = traits;
  const iterations = Math.min(epochs, usualIterations / Number(parameters.learningRate));
  const trees = classCount !== null && classCount > 2 ? classCount : 1;
  return 0.5 + iterations * trees * trainRows * (width + 5) * secondsPerNumber;
}
