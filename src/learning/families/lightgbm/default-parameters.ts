import type { DatasetTraits } from '../../family.js';
import type { LightgbmParameters } from './lightgbm-parameters.js';

/**
 * Settings that do well without tuning, found on real tables: trees that see a part of the rows and features each, more
 * so where there are many features, and small ones for classes, whose targets are noisier.
 */
export function defaultParameters({
  task,
  width,
}: Pick<DatasetTraits, 'task' | 'width'>): LightgbmParameters & Record<string, number> {
  const isRegression = task === 'regression';
  // A tree that sees three of five features misses too much.
  const fewFeatures = width < 8;
  return {
    learningRate: isRegression ? 0.05 : 0.04,
    numLeaves: isRegression ? 63 : 20,
    minDataInLeaf: isRegression ? 10 : 20,
    baggingFraction: isRegression ? 0.8 : 0.9,
    featureFraction: fewFeatures ? 0.8 : isRegression ? 0.6 : 0.5,
    lambdaL1: 0,
    lambdaL2: 0,
    catSmooth: 10,
    catL2: 10,
  };
}
