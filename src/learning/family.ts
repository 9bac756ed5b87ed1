import type { FeaturePlan } from '../contract/feature-plan.js';
import type { ModelName } from '../contract/model-names.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { NetworkBackendName, TrainingBackend } from '../contract/run-record.js';
import type { Parameters } from '../contract/run-status.js';
import type { SearchSpace } from '../contract/search-space.js';
import type { LossPlan, ObjectiveName } from '../contract/training-plan.js';

/** A question as far as good settings depend on it. */
export interface DatasetTraits {
  readonly task: Task;
  /** `null` for regression. */
  readonly classCount: number | null;
  readonly trainRows: number;
  /** Features a row; a guess where a family's own features are not known yet. */
  readonly width: number;
  readonly loss: LossPlan;
  readonly objective: ObjectiveName;
}

/** One kind of model, or one preset of it: everything about it that is no training and no prediction. */
export interface ModelFamily {
  readonly name: ModelName;
  /** One sentence for leaderboards' legends and model cards. */
  readonly title: string;
  /** What it wants of columns of which the pipeline file says nothing. */
  readonly features: FeaturePlan['defaults'];
  /** Parameters that do well without tuning; the first trial of each model. */
  defaultParameters(traits: DatasetTraits): Parameters;
  /** What a study tries: ranges around the defaults. */
  searchSpace(traits: DatasetTraits): SearchSpace;
  /** What is accepted at all; the search space lies inside. */
  readonly acceptedParameters: SearchSpace;
  /** Most epochs (of lightgbm: trees) unless the pipeline file says so. */
  defaultEpochs(traits: DatasetTraits): number;
  /** Rough seconds that one training takes on one core, for choosing among models. */
  estimateSeconds(traits: DatasetTraits, parameters: Parameters, epochs: number): number;
  /** What it trains on; networks on the backend that the worker has. */
  backend(networks: NetworkBackendName): TrainingBackend;
  /** The paper or library that it comes from, for the model card. */
  readonly source: string;
}
