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
  acceptedTabmParameters,
  defaultTabmParameters,
  type TabmPreset,
  tabmSearchSpace,
} from './tabm-parameters.js';

const titles = {
  tabm: 'TabM: small networks that share their weights, over piecewise-linear embeddings.',
  'tabm-full': 'TabM at the sizes of the paper, over piecewise-linear embeddings.',
};

/** Those of the paper are never reached: training stops early. */
const mostEpochs = { tabm: 64, 'tabm-full': 500 };
/** Time in which a training at the defaults of the CPU preset is to end, with room for slower machines. */
const presetSeconds = 90;

/** TabM-mini (Gorishniy et al. 2025), at settings that fit a CPU or at the sizes of the paper. */
export function tabmFamily(preset: TabmPreset): ModelFamily {
  return {
    name: preset,
    title: titles[preset],
    features: {
      number: { scale: 'quantile' },
      category: { encode: 'one-hot' },
    },
    defaultParameters: (traits) => defaultTabmParameters(preset, traits),
    searchSpace: (traits) => tabmSearchSpace(preset, traits),
    acceptedParameters: acceptedTabmParameters,
    defaultEpochs: (traits) => {
      const most = mostEpochs[preset];
      if (preset === 'tabm-full') return most;
      const cost = costOf(traits, defaultTabmParameters(preset, traits));
      return epochsWithin(presetSeconds, cost, traits.trainRows, { least: 8, most });
    },
    estimateSeconds: (traits, parameters, epochs) =>
      estimateNetworkSeconds(costOf(traits, parameters), traits.trainRows, epochs),
    backend: requiredBackend,
    source: 'Gorishniy, Kotelnikov and Babenko 2025, TabM (ICLR, arXiv 2410.24210)',
  };
}

/** About a third of all features are numbers, as levels are one-hot, and each of those becomes an embedding. */
function costOf({ width: inputs, classCount }: DatasetTraits, parameters: Parameters): RowCost {
  const count = (name: string): number => Number(parameters[name]);
  const width = count('width');
  const numbers = inputs / 3;
  const columns = inputs - numbers + numbers * count('embeddingSize');
  const inner = columns + (count('layers') - 1) * width + outputUnits(classCount);
  const encoding = numbers * count('bins') * count('embeddingSize');
  return {
    multiplications: count('members') * width * inner + encoding,
    values: count('members') * (columns + count('layers') * width) + numbers * count('bins'),
    batchSize: count('batchSize'),
  };
}
