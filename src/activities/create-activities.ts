import type {
  DataActivities,
  PipelineActivities,
  TrainActivities,
} from '../contract/activities.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { checkTrial } from './check-trial.js';
import { closeRun } from './close-run.js';
import { closeStudy } from './close-study.js';
import { downloadSources } from './download-sources.js';
import { evaluateModel } from './evaluate-model.js';
import { findStudy } from './find-study.js';
import { keepStudy } from './keep-study.js';
import { openRun } from './open-run.js';
import { prepareSplits } from './prepare-splits.js';
import { promoteModel } from './promote-model.js';
import { readTrials } from './read-trials.js';
import { registerModel } from './register-model.js';
import { runTrial } from './run-trial.js';
import { suggestTrial } from './suggest-trial.js';
import { trainModel } from './train-model.js';
import { transformDataset } from './transform-dataset.js';
import { translateErrors } from './translate-errors.js';
import { validateDataset } from './validate-dataset.js';

/** Activities of the `pipeline` queue. */
export function createPipelineActivities(deps: ActivityDependencies): PipelineActivities {
  return {
    openRun: (input) => translateErrors(() => openRun(deps, input)),
    findStudy: (input) => findStudy(deps, input),
    suggestTrial: (input) => translateErrors(() => suggestTrial(deps, input)),
    checkTrial: (input) => translateErrors(() => checkTrial(input)),
    saveTrials: (input) => translateErrors(() => deps.studies.settle(input.runId, input.settled)),
    readTrials: (input) => translateErrors(() => readTrials(deps, input)),
    closeStudy: (input) => translateErrors(() => closeStudy(deps, input)),
    keepStudy: (input) => translateErrors(() => keepStudy(deps, input)),
    registerModel: (input) => registerModel(deps, input),
    promoteModel: (input) => promoteModel(deps, input),
    closeRun: (input) => translateErrors(() => closeRun(deps, input)),
  };
}

/** Activities of the `data` queue. */
export function createDataActivities(deps: ActivityDependencies): DataActivities {
  return {
    downloadSources: (input) => downloadSources(deps, input),
    validateDataset: (input) => validateDataset(deps, input),
    transformDataset: (input) => transformDataset(deps, input),
    prepareSplits: (input) => prepareSplits(deps, input),
    evaluateModel: (input) => evaluateModel(deps, input),
  };
}

/** Activities of the `train` queue. */
export function createTrainActivities(deps: ActivityDependencies): TrainActivities {
  return {
    runTrial: (input) => runTrial(deps, input),
    trainModel: (input) => trainModel(deps, input),
  };
}
