import type { ModelName } from '../../contract/model-names.js';
import type { SearchSpace } from '../../contract/search-space.js';
import type { ReportedTrial } from '../pruners/pruner.js';
import { rankTrials } from '../rank-trials.js';
import { type ParameterImportance, pedAnova, type ScoredTrial } from './ped-anova.js';

export interface ModelImportances {
  readonly model: ModelName;
  /** Complete trials that they rest on. */
  readonly trials: number;
  readonly importances: readonly ParameterImportance[];
}

export interface StudiedTrial extends Pick<ScoredTrial, 'parameters'> {
  readonly number: number;
  readonly model: ModelName;
  readonly state: ReportedTrial['state'];
  readonly value: number | null;
}

/** Importances of each model's parameters, from its own complete trials: a parameter means nothing to other models. */
export function importancesByModel(
  models: readonly { readonly model: ModelName; readonly space: SearchSpace }[],
  trials: readonly StudiedTrial[],
): readonly ModelImportances[] {
  const complete = rankTrials(trials);
  return models.map(({ model, space }) => {
    const own = complete.filter((trial) => trial.model === model);
    return { model, trials: own.length, importances: pedAnova(space, own) };
  });
}
