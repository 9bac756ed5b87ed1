import { requiredBackend } from '../../backend/training-platform.js';
import type { ModelFamily } from '../../family.js';
import { estimateNetworkSeconds } from '../networks/estimate-network-seconds.js';
import { outputUnits } from '../networks/network-job.js';
import { acceptedMlpParameters, defaultMlpParameters, mlpSearchSpace } from './mlp-parameters.js';

/** A plain multi-layer perceptron: the quickest of the networks, and the measure for the others. */
export const mlpFamily: ModelFamily = {
  name: 'mlp',
  title: 'Multi-layer perceptron: equal hidden layers with ReLU, AdamW and half a cosine.',
  features: {},
  defaultParameters: defaultMlpParameters,
  searchSpace: mlpSearchSpace,
  acceptedParameters: acceptedMlpParameters,
  defaultEpochs: () => 40,
  estimateSeconds: ({ width: inputs, classCount, trainRows }, parameters, epochs) => {
    const layers = Number(parameters.layers);
    const width = Number(parameters.width);
    const inner = inputs + (layers - 1) * width + outputUnits(classCount);
    const batchSize = Number(parameters.batchSize);
    const cost = { multiplications: width * inner, values: layers * width, batchSize };
    return estimateNetworkSeconds(cost, trainRows, epochs);
  },
  backend: requiredBackend,
  source:
    'Rosenblatt 1958; He et al. 2015 (arXiv 1502.01852); Loshchilov and Hutter 2019 (arXiv 1711.05101)',
};
