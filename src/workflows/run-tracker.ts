import { defineSearchAttributeKey } from '@temporalio/common';
import { isCancellation, upsertSearchAttributes } from '@temporalio/workflow';
import type { RunProgress, StepProgress, StepState, TrialSummary } from '../contract/run-status.js';
import { searchAttributes } from '../contract/search-attributes.js';
import { type StepName, stepNames } from '../contract/steps.js';

const stepAttribute = defineSearchAttributeKey(
  searchAttributes.step.name,
  searchAttributes.step.type,
);

/** What happened in a run so far, for the `progress` query and the run record. */
export class RunTracker {
  #steps = new Map<StepName, StepProgress>(
    stepNames.map((name) => [
      name,
      { name, state: 'waiting', startedAt: null, durationMs: null, summary: null, warnings: [] },
    ]),
  );
  #trials: readonly TrialSummary[] = [];
  #current: StepName | null = null;

  /** The step in which a failure happened, or `null` before the first. */
  get currentStep(): StepName | null {
    return this.#current;
  }

  get progress(): RunProgress {
    return { steps: [...this.#steps.values()], trials: this.#trials };
  }

  recordTrials(trials: readonly TrialSummary[]): void {
    this.#trials = trials;
  }

  /** Runs one step and keeps its state, its duration and one line about its result. */
  async step<Result>(
    name: StepName,
    work: () => Promise<Result>,
    summarize: (result: Result) => string,
  ): Promise<Result> {
    const startedAtMs = Date.now();
    this.#current = name;
    this.#set(name, { state: 'running', startedAt: new Date(startedAtMs).toISOString() });
    upsertSearchAttributes([{ key: stepAttribute, value: name }]);
    const finish = (state: StepState, change: Partial<StepProgress>): void =>
      this.#set(name, { state, durationMs: Date.now() - startedAtMs, ...change });
    try {
      const result = await work();
      finish('succeeded', { summary: summarize(result), warnings: toWarnings(result) });
      return result;
    } catch (error) {
      finish(isCancellation(error) ? 'cancelled' : 'failed', {});
      throw error;
    }
  }

  /** Marks every step that has not started. */
  skipWaiting(reason: string | null): void {
    for (const step of this.#steps.values()) {
      if (step.state === 'waiting') this.#set(step.name, { state: 'skipped', summary: reason });
    }
  }

  #set(name: StepName, change: Partial<StepProgress>): void {
    const before = this.#steps.get(name);
    if (before !== undefined) this.#steps.set(name, { ...before, ...change });
  }
}

function toWarnings(result: unknown): readonly string[] {
  const { warnings = [] } = (result ?? {}) as { readonly warnings?: readonly string[] };
  return warnings;
}
