import type { SearchSpace } from '../../../contract/search-space.js';
import { type DatasetTraits, defaultParameters } from './default-parameters.js';

/** What a study tries: ranges around the defaults in which no trial needs much more time than the first. */
export function searchSpace(traits: DatasetTraits): SearchSpace {
  const { layers, width, learningRate, batchSize } = defaultParameters(traits);
  // Dropout between the layers of a regression blurs the scale of its answers, so little of it is tried.
  const dropout = traits.task === 'regression' ? 0.05 : 0.3;
  return [
    { kind: 'int', name: 'layers', low: layers - 1, high: layers + 1 },
    { kind: 'int', name: 'width', low: width / 2, high: width * 1.25, step: width / 4 },
    {
      kind: 'float',
      name: 'learningRate',
      low: learningRate / 4,
      high: learningRate * 4,
      log: true,
    },
    { kind: 'categorical', name: 'batchSize', choices: [batchSize, batchSize * 2] },
    { kind: 'float', name: 'dropout', low: 0, high: dropout },
    { kind: 'float', name: 'weightDecay', low: 0.001, high: 0.3, log: true },
  ];
}
