import { createKeyParts } from '../cache/key-parts.js';
import type { StepRequest } from '../cache/step-cache.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { CachePolicy } from '../contract/step-cache.js';
import { type StepName, stepNames } from '../contract/steps.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Attempt } from './run-attempt.js';

/** One result that later runs may take over, and everything that decides it. */
export interface CachedStep<Result> {
  /** The activity's own input fits. */
  readonly of: {
    readonly runId: string;
    readonly pipeline: string;
    readonly cache: CachePolicy;
  };
  readonly step: StepName;
  /** Tells several results of one step apart, e.g. `trial`. */
  readonly part?: string;
  /** Every artifact that is read. */
  readonly inputs: Readonly<Record<string, ArtifactRef>>;
  /** JSON; everything else that decides the result. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Why it must run each time, e.g. `freshness depends on the time`. */
  readonly volatile?: string;
  /** Why a stored result does not count although its artifacts are sound; `null`: it counts. */
  readonly findFault?: (result: Result) => Promise<string | null>;
}

/** Puts a step's own words, the run's cache policy and the digests of the step's code together. */
export function toStepRequest<Result>(
  deps: Pick<ActivityDependencies, 'code'>,
  attempt: Pick<Attempt, 'signal' | 'folder'>,
  cached: CachedStep<Result>,
): StepRequest<Result> {
  const { of, step, part = null, inputs, parameters, volatile = null } = cached;
  return {
    runId: of.runId,
    pipeline: of.pipeline,
    parts: createKeyParts({ step, part, inputs, parameters, code: deps.code.steps[step] }),
    recompute: toRecomputeReason(of.cache, step) ?? volatile,
    findFault: cached.findFault ?? (() => Promise.resolve(null)),
    signal: attempt.signal,
    folder: attempt.folder,
  };
}

/** Why a run's policy has a step compute again; `null`: it has not. */
export function toRecomputeReason({ recomputeFrom }: CachePolicy, step: StepName): string | null {
  if (recomputeFrom === null) return null;
  if (recomputeFrom === stepNames[0]) return 'asked to compute everything again';
  const isLater = stepNames.indexOf(step) >= stepNames.indexOf(recomputeFrom);
  return isLater ? `asked to compute again from ${recomputeFrom}` : null;
}
