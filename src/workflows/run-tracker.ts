import { defineSearchAttributeKey } from '@temporalio/common';
import { isCancellation, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { MemberShare, RunProgress, StepProgress, StepState } from '../contract/run-status.js';
import { searchAttributes } from '../contract/search-attributes.js';
import type { CacheNote } from '../contract/step-cache.js';
import { type StepName, stepNames } from '../contract/steps.js';

const stepAttribute = defineSearchAttributeKey(
  searchAttributes.step.name,
  searchAttributes.step.type,
);

/** What every step answers, beside what the next step needs. */
interface StepAnswer {
  readonly cache: CacheNote;
  readonly warnings?: readonly string[];
}

/** What happened in a run so far, for the `progress` query, the run record and Temporal's own pages. */
export class RunTracker {
  #steps = new Map<StepName, StepProgress>(
    stepNames.map((name) => [
      name,
      {
        name,
        state: 'waiting',
        startedAt: null,
        durationMs: null,
        summary: null,
        warnings: [],
        cache: null,
      },
    ]),
  );
  #study: ArtifactRef | null = null;
  #members: readonly MemberShare[] = [];
  #current: StepName | null = null;

  /** The step in which a failure happened, or `null` before the first. */
  get currentStep(): StepName | null {
    return this.#current;
  }

  get progress(): RunProgress {
    return { steps: [...this.#steps.values()], study: this.#study, members: this.#members };
  }

  /** Notes where the report of the study is. */
  recordStudy(report: ArtifactRef): void {
    this.#study = report;
  }

  /** Notes what the final model is made of. */
  recordMembers(members: readonly MemberShare[]): void {
    this.#members = members.map(({ model, trial, weight }) => ({ model, trial, weight }));
  }

  /** Runs one step and keeps its state, its duration, whether it was taken over, and one line about its result. */
  async step<Answer extends StepAnswer>(
    name: StepName,
    work: () => Promise<Answer>,
    summarize: (answer: Answer) => string,
  ): Promise<Answer> {
    const startedAtMs = Date.now();
    this.#current = name;
    this.#set(name, { state: 'running', startedAt: new Date(startedAtMs).toISOString() });
    upsertSearchAttributes([{ key: stepAttribute, value: name }]);
    const finish = (state: StepState, change: Partial<StepProgress>): void =>
      this.#set(name, { state, durationMs: Date.now() - startedAtMs, ...change });
    try {
      const answer = await work();
      const { cache, warnings = [] } = answer;
      finish('succeeded', { summary: summarize(answer), warnings, cache });
      return answer;
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
    setCurrentDetails([...this.#steps.values()].map(toDetail).join('\n'));
  }
}

/** One line of Markdown about a step. */
function toDetail({ name, state, cache, summary }: StepProgress): string {
  const how = cache === null ? state : `${cache.state}: ${cache.reason}`;
  return `- **${name}** ${summary === null ? how : `${how} (${summary})`}`;
}
