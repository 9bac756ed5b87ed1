import { createRandomStream } from '../../../contract/random-stream.js';
import type { FeatureOutput } from '../../../features/feature-program.js';
import type { BoostingPlan } from './boosting-plan.js';
import type { LightgbmParameters } from './lightgbm-parameters.js';

/** One thread, no messages, and the same bits each time; the way to count histograms is not chosen by a stopwatch. */
const always = 'num_threads=1 verbosity=-1 deterministic=true force_col_wise=true';

/** Settings of the data: how features are cut into bins, and which of them are categories. */
export function toDatasetSettings(
  outputs: readonly FeatureOutput[],
  { minDataInLeaf }: Pick<LightgbmParameters, 'minDataInLeaf'>,
): string {
  const categories = outputs.flatMap(({ kind }, index) => (kind === 'index' ? [index] : []));
  const listed = categories.length === 0 ? '' : ` categorical_feature=${categories.join(',')}`;
  return `${always} max_bin=255 min_data_in_leaf=${minDataInLeaf}${listed}`;
}

/**
 * Settings of one segment of a training.
 *
 * @param segment which segment; each draws rows and features from random streams of its own
 */
export function toBoosterSettings(
  parameters: LightgbmParameters,
  { objective, metrics }: Pick<BoostingPlan, 'objective' | 'metrics'>,
  { seed, segment }: { readonly seed: number; readonly segment: number },
): string {
  const draw = createRandomStream(seed, segment);
  const drawSeed = (): number => Math.floor(draw() * 2 ** 30);
  const { baggingFraction } = parameters;
  const settings = {
    learning_rate: parameters.learningRate,
    num_leaves: parameters.numLeaves,
    min_data_in_leaf: parameters.minDataInLeaf,
    bagging_fraction: baggingFraction,
    bagging_freq: baggingFraction < 1 ? 1 : 0,
    feature_fraction: parameters.featureFraction,
    lambda_l1: parameters.lambdaL1,
    lambda_l2: parameters.lambdaL2,
    cat_smooth: parameters.catSmooth,
    cat_l2: parameters.catL2,
    bagging_seed: drawSeed(),
    feature_fraction_seed: drawSeed(),
  };
  const words = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return [always, objective, `metric=${metrics.join(',')}`, ...words].join(' ');
}
