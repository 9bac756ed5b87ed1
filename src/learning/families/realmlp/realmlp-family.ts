import type { Parameters } from '../../../contract/run-status.js';
import { requiredBackend } from '../../backend/training-platform.js';
import type { DatasetTraits, ModelFamily } from '../../family.js';
import {
  epochsWithin,
  estimateNetworkSeconds,
  type RowCost,
} from '../networks/estimate-network-seconds.js';
import { outputUnits } from '../networks/network-job.js';
import {
  acceptedRealmlpParameters,
  defaultRealmlpParameters,
  type RealmlpPreset,
  realmlpSearchSpace,
} from './realmlp-parameters.js';

const titles = {
  realmlp:
    'RealMLP: a multi-layer perceptron with tuned defaults, in fewer epochs of large tables.',
  'realmlp-td': 'RealMLP-TD: a multi-layer perceptron with the tuned defaults of the paper.',
};

/** Epochs of the paper. */
const paperEpochs = 256;
/** Time in which a training at the defaults of the CPU preset is to end, with room for slower machines. */
const presetSeconds = 70;

/** RealMLP (Holzmüller et al. 2024), at settings that fit a CPU or at those of the paper. */
export function realmlpFamily(preset: RealmlpPreset): ModelFamily {
  return {
    name: preset,
    title: titles[preset],
    features: {
      number: { scale: 'affine', impute: 'mean' },
      category: { encode: 'auto', oneHotLevels: 8, many: 'index', pairs: 'sign' },
    },
    defaultParameters: (traits) => defaultRealmlpParameters(preset, traits),
    searchSpace: (traits) => realmlpSearchSpace(preset, traits),
    acceptedParameters: acceptedRealmlpParameters,
    defaultEpochs: (traits) => {
      if (preset === 'realmlp-td') return paperEpochs;
      const cost = costOf(traits, defaultRealmlpParameters(preset, traits));
      const most = traits.trainRows > 30_000 ? 64 : paperEpochs;
      return epochsWithin(presetSeconds, cost, traits.trainRows, { least: 16, most });
    },
    estimateSeconds: (traits, parameters, epochs) =>
      estimateNetworkSeconds(costOf(traits, parameters), traits.trainRows, epochs),
    backend: requiredBackend,
    source: 'Holzmüller, Grinsztajn and Steinwart 2024, Better by Default (arXiv 2407.04491)',
  };
}

/** About half of all features are numbers, and each of those becomes four columns. */
function costOf({ width: inputs, classCount }: DatasetTraits, parameters: Parameters): RowCost {
  const layers = Number(parameters.layers);
  const width = Number(parameters.width);
  const columns = 2.5 * inputs;
  const inner = columns + (layers - 1) * width + outputUnits(classCount);
  // Mish and SELU with a learned factor, and dropout, cost about three times a ReLU; a number has 16 waves.
  return {
    multiplications: width * inner,
    values: 3 * layers * width + 16 * inputs,
    batchSize: Number(parameters.batchSize),
  };
}
