import { decodeSafetensors } from '../artifacts/safetensors.js';
import type { FoldOutcome, TrialOutcome } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { JudgedRows } from '../learning/process/judge.js';
import type { ActivityDependencies } from './activity-dependencies.js';

/** Models of one trial, one a fold, and what they answer for rows that they did not learn from. */
export interface Candidate {
  /** `null`: trained after the study. */
  readonly trial: number | null;
  readonly outcome: TrialOutcome;
  /** For the validation rows of all folds, one fold after the other; row-major. */
  readonly answers: Float32Array;
  /** Numbers an answer: 1 for a regression, else the number of classes. */
  readonly outputs: number;
}

type Artifacts = ActivityDependencies['artifacts'];

/**
 * Reads the answers that the models of a trial gave for their folds' validation rows.
 *
 * @throws RecetaError `dataset-invalid` when the folds know different classes
 */
export async function readCandidate(
  artifacts: Artifacts,
  trial: number | null,
  outcome: TrialOutcome,
): Promise<Candidate> {
  const parts: Float32Array[] = [];
  const widths = new Set<number>();
  for (const { predictions } of outcome.folds) {
    const { p } = decodeSafetensors(await artifacts.getBytes(predictions)).tensors;
    if (!(p?.data instanceof Float32Array)) throw corrupt(predictions, 'it has no F32 tensor p');
    parts.push(p.data);
    widths.add(p.shape[1] ?? 0);
  }
  const [outputs = 0, ...others] = widths;
  if (others.length > 0) throw unequalClasses([...widths]);
  return { trial, outcome, answers: joinFloats(parts), outputs };
}

/** Reads targets and weights of the rows on which candidates are compared: all of them answered for the same ones. */
export async function readJudgedRows(
  artifacts: Artifacts,
  task: Task,
  folds: readonly FoldOutcome[],
): Promise<JudgedRows> {
  const targets: (Float32Array | Int32Array)[] = [];
  const weights: Float32Array[] = [];
  for (const { validation } of folds) {
    const { y, w } = decodeSafetensors(await artifacts.getBytes(validation)).tensors;
    const target = y?.data;
    if (!(target instanceof Float32Array) && !(target instanceof Int32Array)) {
      throw corrupt(validation, 'it has no targets y');
    }
    targets.push(target);
    if (w?.data instanceof Float32Array) weights.push(w.data);
  }
  const hasWeights = weights.length === targets.length;
  return { task, y: joinTargets(targets), w: hasWeights ? joinFloats(weights) : null };
}

function joinTargets(parts: readonly (Float32Array | Int32Array)[]): Float32Array | Int32Array {
  const isClass = parts.every((part) => part instanceof Int32Array);
  return isClass
    ? Int32Array.from(parts.flatMap((part) => [...part]))
    : joinFloats(parts as readonly Float32Array[]);
}

function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function unequalClasses(counts: readonly number[]): RecetaError {
  return new RecetaError(
    'dataset-invalid',
    `Comparing the models of several folds: they know ${counts.join(' and ')} classes, since a class is in the train ` +
      'part of some folds only. Set split.stratify: true, or leave rare classes out.',
  );
}

function corrupt({ uri }: ArtifactRef, found: string): RecetaError {
  return new RecetaError(
    'artifact-corrupt',
    `Reading ${uri}: ${found}. The results of the trials are damaged; run the pipeline again with --from tune.`,
  );
}
