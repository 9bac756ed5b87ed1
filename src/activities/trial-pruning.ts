import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { PruningInput } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import { numberOfReportsKey, studyPrefix, trialReportsKey } from '../contract/run-keys.js';
import type { TrialReports } from '../contract/tuning-study.js';
import { createPruner } from '../tuning/pruners/create-pruner.js';
import { firstPrunableStep } from '../tuning/pruners/first-prunable-step.js';
import type { Pruner } from '../tuning/pruners/pruner.js';

export interface PrunedTrial {
  readonly runId: string;
  readonly number: number;
  readonly model: ModelName;
  readonly pruning: PruningInput;
}

/** How old the reports of other trials may be that a decision looks at. */
const freshForMs = 250;

/**
 * Decides, report by report, whether a running trial is to end, and keeps reports and decision in the store for other
 * trials. An attempt that goes on after another one repeats what was decided then.
 */
export class TrialPruning {
  /** Aborted when the trial is to end. */
  readonly signal: AbortSignal;
  readonly #end = new AbortController();
  readonly #others = new Map<string, TrialReports>();
  readonly #etags = new Map<string, string>();
  #pruner: Pruner | null = null;
  #reports: TrialReports;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #deciding: Promise<void>;
  #fault: unknown = null;

  constructor(
    private readonly objects: ObjectStore,
    private readonly trial: PrunedTrial,
    private readonly nowMs: () => number,
  ) {
    const { number, model } = trial;
    this.signal = this.#end.signal;
    this.#reports = {
      ...{ number, model, state: 'running', reports: [], value: null, pruned: null },
    };
    this.#deciding = this.#readOwn();
  }

  get pruned(): TrialReports['pruned'] {
    return this.#reports.pruned;
  }

  /**
   * Takes a report; it is decided upon soon, one after the other.
   *
   * @param steps most that the trial has
   */
  report(step: number, value: number, steps: number): void {
    this.#deciding = this.#deciding
      .then(() => this.#decide(step, value, steps))
      .catch((error: unknown) => {
        this.#fault ??= error;
      });
  }

  /**
   * Waits for the last decision.
   *
   * @throws what kept one from being made
   */
  async settled(): Promise<void> {
    await this.#deciding;
    if (this.#fault !== null) throw this.#fault;
  }

  /** Waits for the last decision and stores how the trial ended. */
  async close(value: number | null): Promise<TrialReports['pruned']> {
    await this.settled();
    const { pruned } = this.#reports;
    const state = pruned === null ? 'complete' : 'pruned';
    this.#reports = { ...this.#reports, state, value: pruned === null ? value : null };
    await this.#store();
    return pruned;
  }

  /** An attempt goes on where another one has ended. */
  async #readOwn(): Promise<void> {
    const { runId, number } = this.trial;
    const stored = await readJson<TrialReports>(this.objects, trialReportsKey(runId, number));
    if (stored === null) return;
    this.#reports = stored.value;
    if (stored.value.pruned !== null) this.#end.abort();
  }

  async #decide(step: number, value: number, steps: number): Promise<void> {
    const { pruned, reports } = this.#reports;
    // What was reported before has been decided upon before.
    if (pruned !== null || step <= (reports.at(-1)?.step ?? 0)) return;
    this.#reports = { ...this.#reports, reports: [...reports, { step, value }] };
    await this.#readOthers();
    const others = [...this.#others.values()].filter(({ model }) => model === this.trial.model);
    const { pruning, model } = this.trial;
    this.#pruner ??= createPruner(pruning.pruner, firstPrunableStep(model, steps));
    const { prune, reason } = this.#pruner({ trial: this.#reports, others });
    if (prune) {
      this.#reports = { ...this.#reports, pruned: { step, value, reason: reason ?? '' } };
      await this.#store();
      this.#end.abort();
    }
  }

  /** In fixed order the others have ended before this trial began, so they are read once. */
  async #readOthers(): Promise<void> {
    const { runId, number, pruning } = this.trial;
    const isFixed = pruning.below !== null;
    if (this.nowMs() - this.#readAtMs < (isFixed ? Number.POSITIVE_INFINITY : freshForMs)) return;
    this.#readAtMs = this.nowMs();
    if (!isFixed) await this.#store();
    for (const { key, etag } of await this.objects.list(studyPrefix(runId))) {
      const other = numberOfReportsKey(key);
      if (other === null || other === number || other >= (pruning.below ?? Infinity)) continue;
      if (this.#etags.get(key) === etag) continue;
      const stored = await readJson<TrialReports>(this.objects, key);
      if (stored === null) continue;
      this.#others.set(key, stored.value);
      this.#etags.set(key, etag);
    }
  }

  #store(): Promise<void> {
    const { runId, number } = this.trial;
    return putJsonRecord(this.objects, trialReportsKey(runId, number), this.#reports);
  }
}
