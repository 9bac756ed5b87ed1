import type { EarlierTrial } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import { createRandomStream, type RandomStream } from '../contract/random-stream.js';
import type { Parameters } from '../contract/run-status.js';
import type { SearchSpace } from '../contract/search-space.js';
import { drawParameters } from './draw-parameters.js';
import type { StudySpace } from './extend-space.js';
import { rankTrials } from './rank-trials.js';
import { parametersAt, spaceSize } from './space-size.js';

/** Name and version of the rule; stored with each suggestion. */
export const samplerName = 'random/2';

/** A model of a study, with its settings and what else is tried of it. */
export interface StudyModel extends StudySpace {
  readonly model: ModelName;
}

export interface TrialSuggestion {
  readonly model: ModelName;
  readonly parameters: Parameters;
  readonly sampler: string;
}

const maxDraws = 64;
/** Finite spaces up to this size are searched for what is left when drawing keeps repeating. */
const maxListedSpace = 10_000;
/** Share of later trials that go to the model that did best at its defaults, beside its part of the rest. */
const bestModelShare = 0.5;

/**
 * Chooses model and parameters of one trial of a study. The first trials are the models at their defaults, in the
 * order given. Of the later ones half go to the model that did best then, and the others to any model with equal
 * chance; parameters are drawn from the model's space, never repeating its defaults or an earlier trial while the space
 * holds anything else.
 *
 * Which model is best depends on the first trials alone, so that studies whose later trials run side by side suggest
 * the same whichever ends first. With several models, the first trials have to have ended before a later suggestion.
 *
 * @param models of the study, at least one
 * @param trials earlier trials in any state, running ones included
 * @param seed of the study; together with `number` the only source of randomness
 */
export function suggestTrial({
  models,
  trials,
  seed,
  number,
}: {
  readonly models: readonly StudyModel[];
  readonly trials: readonly EarlierTrial[];
  readonly seed: number;
  readonly number: number;
}): TrialSuggestion {
  const first = models[number];
  if (first !== undefined) return toSuggestion(first, first.defaults);
  const random = createRandomStream(seed, number);
  const chosen = chooseModel(models, trials, random);
  const taken = new Set(
    [
      chosen.defaults,
      ...trials
        .filter((trial) => trial.number !== number && trial.model === chosen.model)
        .map((trial) => trial.parameters),
    ].map(toKey),
  );
  return toSuggestion(chosen, drawNew(chosen.space, taken, random));
}

function toSuggestion({ model }: StudyModel, parameters: Parameters): TrialSuggestion {
  return { model, parameters, sampler: samplerName };
}

/** Draws no number where there is no choice. */
function chooseModel(
  models: readonly StudyModel[],
  trials: readonly EarlierTrial[],
  random: RandomStream,
): StudyModel {
  const [only, ...others] = models;
  if (only === undefined) throw new Error('a study has at least one model');
  if (others.length === 0) return only;
  const [best] = rankTrials(trials.filter(({ number }) => number < models.length));
  const isForBest = random() < bestModelShare;
  const any = models[Math.floor(random() * models.length)] ?? only;
  if (!isForBest || best === undefined) return any;
  return models.find(({ model }) => model === best.model) ?? any;
}

function drawNew(space: SearchSpace, taken: ReadonlySet<string>, random: RandomStream): Parameters {
  for (let draw = 0; draw < maxDraws; draw += 1) {
    const drawn = drawParameters(space, random);
    if (!taken.has(toKey(drawn))) return drawn;
  }
  return drawFromRest(space, taken, random) ?? drawParameters(space, random);
}

function drawFromRest(
  space: SearchSpace,
  taken: ReadonlySet<string>,
  random: RandomStream,
): Parameters | undefined {
  const size = spaceSize(space);
  if (size > maxListedSpace) return undefined;
  const all = Array.from({ length: size }, (_, index) => parametersAt(space, index));
  const rest = all.filter((parameters) => !taken.has(toKey(parameters)));
  return rest[Math.floor(random() * rest.length)];
}

function toKey(parameters: Parameters): string {
  const names = Object.keys(parameters).sort();
  return JSON.stringify(names.map((name) => [name, parameters[name]]));
}
