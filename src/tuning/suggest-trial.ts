import type { GivenTrial } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import { createRandomStream } from '../contract/random-stream.js';
import type { Parameters } from '../contract/run-status.js';
import type { StudySpace } from './extend-space.js';
import { rankTrials } from './rank-trials.js';
import { findSampler, type VersionedSampler } from './samplers/find-sampler.js';
import { gridSize } from './samplers/grid-sampler.js';
import type { ObservedTrial } from './samplers/sampler.js';
import { tpeSampler } from './samplers/tpe/tpe-sampler.js';
import { toParametersKey } from './space/to-parameters-key.js';
import { spaceSize } from './space-size.js';

/** A model of a study, with its settings and what else is tried of it. */
export interface StudyModel extends StudySpace {
  readonly model: ModelName;
}

/** An earlier trial as a suggestion may see it. */
export interface StudyTrial extends ObservedTrial {
  readonly model: ModelName;
}

export interface StudyView {
  /** At least one. */
  readonly models: readonly StudyModel[];
  /** Settings that did well in earlier studies. */
  readonly warmStarts: readonly GivenTrial[];
  /** Name and version of the rule. */
  readonly sampler: string;
  /** In the order of their numbers. */
  readonly trials: readonly StudyTrial[];
  /** Of the study; together with `number` the only source of randomness. */
  readonly seed: number;
  readonly number: number;
}

export interface TrialSuggestion extends GivenTrial {
  readonly sampler: string;
}

/** Streams of numbers that choose models, apart from those of parameters. */
const modelStream = 2 ** 30;

/** Before so many trials have ended, TPE knows too little of the models. */
const firstFinished = 10;
/** Share of trials that go to the model that did best at its defaults, until then. */
const bestModelShare = 0.5;

/**
 * Chooses model and parameters of one trial. The first trials are the models at their defaults, in the order given, then
 * come the settings that earlier studies found, and then the sampler, once for the model and once for its parameters.
 * A grid tries its points alone, model after model.
 *
 * @returns `null` when nothing is left to try
 */
export function suggestTrial(view: StudyView): TrialSuggestion | null {
  const sampler = findSampler(view.sampler);
  if (sampler.name === 'grid') return suggestPoint(view, sampler);
  const known = listKnown(view, sampler)[view.number];
  if (known !== undefined) return { ...known, sampler: view.sampler };
  const open = view.models.filter((model) => isLeft(model, view.trials));
  if (open.length === 0) return null;
  const chosen = chooseModel(open, view, sampler);
  return { model: chosen.model, parameters: sample(chosen, view, sampler), sampler: view.sampler };
}

/** What is tried before a sampler is asked. */
function listKnown({ models, warmStarts }: StudyView, { name }: VersionedSampler) {
  const defaults = models.map(({ model, defaults: parameters }) => ({ model, parameters }));
  if (name !== 'auto') return defaults;
  const seen = new Set(defaults.map(toKey));
  return [...defaults, ...warmStarts.filter((start) => !seen.has(toKey(start)))];
}

/** Whether a model's space holds something that was not tried; a space without end always does. */
function isLeft({ model, space }: StudyModel, trials: readonly StudyTrial[]): boolean {
  const size = spaceSize(space);
  if (trials.length < size) return true;
  const tried = trials.filter((trial) => trial.model === model).map(toKey);
  return new Set(tried).size < size;
}

function sample(
  { model, space }: StudyModel,
  { trials, seed, number }: StudyView,
  { sample: ask }: VersionedSampler,
): Parameters {
  return ask({ space, trials: trials.filter((trial) => trial.model === model), seed, number });
}

/**
 * Models are chosen like a parameter that all others depend on: by TPE where that is the rule, else with equal chance. As
 * long as TPE knows nothing, half of the trials go to the model that did best at its defaults.
 */
function chooseModel(
  open: readonly StudyModel[],
  { models, trials, seed, number }: StudyView,
  { name }: VersionedSampler,
): StudyModel {
  const [only] = open as readonly [StudyModel];
  if (open.length === 1) return only;
  const random = createRandomStream(seed, modelStream + number);
  const any = open[Math.floor(random() * open.length)] ?? only;
  if (name === 'random' || name === 'sobol') return any;
  const finished = trials.filter(({ state }) => state === 'complete' || state === 'pruned').length;
  if (finished < firstFinished) {
    const [best] = rankTrials(trials.filter((trial) => trial.number < models.length));
    const favored = random() < bestModelShare ? best?.model : undefined;
    return open.find(({ model }) => model === favored) ?? any;
  }
  const space = [
    { kind: 'categorical', name: 'model', choices: open.map(({ model }) => model) },
  ] as const;
  const observed = trials.map((trial) => ({ ...trial, parameters: { model: trial.model } }));
  const choice = tpeSampler({ space, trials: observed, seed, number: modelStream + number });
  return open.find(({ model }) => model === choice.model) ?? any;
}

function suggestPoint(view: StudyView, sampler: VersionedSampler): TrialSuggestion | null {
  const open = view.models.find(({ model, space }) => {
    const tried = view.trials.filter((trial) => trial.model === model).map(toKey);
    return new Set(tried).size < gridSize(space);
  });
  if (open === undefined) return null;
  const parameters = sample(open, view, sampler);
  return { model: open.model, parameters, sampler: view.sampler };
}

function toKey({ model, parameters }: GivenTrial): string {
  return `${model} ${toParametersKey(parameters)}`;
}
