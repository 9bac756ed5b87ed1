import { setImmediate as breathe } from 'node:timers/promises';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { toSha256 } from '../artifacts/sha256.js';
import type {
  ModelMember,
  PreparedData,
  TrainModelInput,
  TrainModelResult,
  TrialOutcome,
} from '../contract/activities.js';
import { attemptLabel } from '../contract/run-keys.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { assembleModel, type ChosenMember, listMembers } from './assemble-model.js';
import { chooseAnswer } from './choose-answer.js';
import { readPlatformKeys } from './platform-keys.js';
import { type Candidate, readCandidate, readJudgedRows } from './read-candidates.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { type TrainedFolds, trainFolds } from './train-folds.js';

/**
 * Makes the final model of what the trials left, and of one more training where the pipeline asks for it: what wins on
 * the validation rows of all folds is kept.
 */
export function trainModel(
  deps: ActivityDependencies,
  input: TrainModelInput,
): Promise<TrainModelResult> {
  const { runId, prepared, trainRows, trials, learning, train, seed } = input;
  const options = {
    runId,
    step: 'train',
    toFacts: (result: TrainModelResult) => ({
      artifacts: { model: result.model, weights: result.weights, history: result.history },
      metrics: { value: result.value, bestTrialValue: result.bestTrialValue },
      // Of a result that was taken over, another run has resumed it.
      resumedFromEpoch: result.cache.state === 'hit' ? null : result.resumedFromEpoch,
      backend: result.backend,
    }),
  } as const;
  const outcomes = trials.map(({ number, outcome }) => [`trial-${number}`, outcome] as const);
  return runAttempt(deps, options, (attempt) =>
    runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'train',
        inputs: { prepared, ...Object.fromEntries(outcomes) },
        parameters: {
          ...{ order: trials.map(({ number }) => number), trainRows, learning, train, seed },
          platformKeys: readPlatformKeys(deps.backend),
        },
      },
      () => makeModel(deps, attempt, input),
    ),
  );
}

async function makeModel(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: TrainModelInput,
): Promise<Omit<TrainModelResult, 'cache'>> {
  const { learning, train, seed } = input;
  const { artifacts } = deps;
  const { task } = await artifacts.getJson<PreparedData>(input.prepared);
  const candidates = await readTrials(deps, attempt, input);
  const retrained = await trainAgain(deps, attempt, input, candidates[0]);
  if (retrained !== null) {
    candidates.push(await readCandidate(artifacts, null, retrained.outcome));
  }
  // There is at least one complete trial.
  const { outputs, outcome } = candidates[0] as Candidate;
  const rows = await readJudgedRows(artifacts, task, outcome.folds);
  const answers = candidates.map((candidate) => candidate.answers);
  const chosen = await chooseAnswer(answers, rows, {
    ...{ outputs, learning, train, seed },
    breathe: async () => {
      await breathe();
      attempt.signal.throwIfAborted();
    },
  });
  const members = listMembers(candidates, chosen.weights, train.bagging);
  const { calibration, single, value, warnings } = chosen;
  const best = candidates[single.index]?.outcome.folds[0] ?? outcome.folds[0];
  if (best === undefined) throw new Error('a trial has at least one fold');
  const largest = findLargest(members);
  for (const warning of warnings) attempt.log.warn(warning);
  return {
    ...(await assembleModel(deps, task, members, calibration)),
    history: best.history,
    members: members.map(({ outcome: _, ...member }): ModelMember => member),
    kind: toKind(chosen.weights, members),
    calibration: calibration?.kind ?? 'none',
    bestEpoch: best.bestEpoch,
    value,
    bestTrialValue: outcome.value,
    resumedFromEpoch: retrained?.resumedFromEpoch ?? null,
    backend: largest.backend,
    platformKey: joinPlatformKeys(members),
    warnings,
  };
}

/** One after the other, so that memory holds the answers and little more. */
async function readTrials(
  { artifacts }: ActivityDependencies,
  { signal }: Attempt,
  { trials }: TrainModelInput,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { number, outcome } of trials) {
    signal.throwIfAborted();
    const read = await artifacts.getJson<TrialOutcome>(outcome);
    candidates.push(await readCandidate(artifacts, number, read));
  }
  return candidates;
}

/** Trains the settings of the best trial once more, where the pipeline gives the final training its own length. */
async function trainAgain(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: TrainModelInput,
  best: Candidate | undefined,
): Promise<TrainedFolds | null> {
  const { epochs } = input.train;
  if (epochs === null || best === undefined) return null;
  const { model, parameters } = best.outcome;
  const label = attemptLabel('train', null);
  return trainFolds(deps, attempt, input, { step: 'train', label, model, parameters, epochs });
}

function toKind(
  weights: readonly number[],
  members: readonly ChosenMember[],
): TrainModelResult['kind'] {
  if (weights.filter((weight) => weight > 0).length > 1) return 'ensemble';
  return members.length > 1 ? 'bag' : 'single';
}

/** Of equal shares the first. */
function findLargest(members: readonly ChosenMember[]): ChosenMember {
  return members.reduce((largest, member) => (member.weight > largest.weight ? member : largest));
}

/** That of the members, if it is the same for all. */
function joinPlatformKeys(members: readonly ChosenMember[]): string {
  const keys = [...new Set(members.map(({ outcome }) => outcome.platformKey))].sort();
  const [only] = keys;
  return keys.length === 1 && only !== undefined ? only : toSha256(toCanonicalJson(keys));
}
