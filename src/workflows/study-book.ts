import type { GivenTrial, PruningInput, SuggestTrialInput } from '../contract/activities.js';
import type { TunePlan } from '../contract/pipeline-plan.js';
import type { StudyBudget } from '../contract/study-budget.js';
import type { SettledTrial, StudyDecision, StudyStatus } from '../contract/tuning-study.js';
import type { CarriedStudy } from '../contract/workflows.js';
import { stopStudy } from '../tuning/study/stop-study.js';
import { type CarriedTrial, decodeTrial, encodeTrial } from '../tuning/study/trial-token.js';

/** Why no further trial is started. */
export interface StudyStop {
  /** Whether trials that run are of no use any more. */
  readonly cutsTrials: boolean;
  readonly reason: string;
}

type TrialEnding = Omit<SettledTrial, 'number' | 'startedAt' | 'durationMs'>;

/** A study as its workflow keeps it: what runs, in a few bytes how each trial ended, and what was decided. */
export class StudyBook {
  /** By number. */
  readonly #trials: CarriedTrial[];
  /** Starts of running trials, by number. */
  readonly #running = new Map<number, string>();
  readonly #enqueued: GivenTrial[];
  readonly #decisions: StudyDecision[];
  #unsaved: readonly SettledTrial[] = [];
  /** Number of the first trial that has not ended. */
  #firstOpen: number;
  #ended: number;
  #budget: StudyBudget;
  #isStopped: boolean;
  #isExhausted = false;
  /** No trial is started until the history has been left behind. */
  #isDraining = false;
  /** Nothing can be changed any more. */
  #isClosing = false;
  /** Time in which it was not paused, up to when it was resumed last; since then, `null` while it is paused. */
  #activeMs: number;
  #activeSinceMs: number | null;
  #version = 0;

  constructor(
    private readonly tune: TunePlan,
    private readonly models: readonly string[],
    carried: CarriedStudy | null,
    private readonly nowMs: () => number,
  ) {
    const { trials, minutes, noImprovement } = tune;
    this.#trials = carried?.trials.map(decodeTrial) ?? [];
    this.#firstOpen = this.#trials.length;
    this.#ended = this.#trials.length;
    this.#enqueued = [...(carried?.enqueued ?? [])];
    this.#decisions = [...(carried?.decisions ?? [])];
    this.#budget = carried?.budget ?? { trials, minutes, noImprovement };
    this.#isStopped = carried?.isStopped ?? false;
    this.#activeMs = carried?.activeMs ?? 0;
    this.#activeSinceMs = carried?.isPaused ? null : nowMs();
  }

  /** Grows with every change, so that whoever waits can look again. */
  get version(): number {
    return this.#version;
  }

  /** Trials suggested so far; the number of the next one. */
  get count(): number {
    return this.#trials.length;
  }

  get budget(): StudyBudget {
    return this.#budget;
  }

  get decisions(): readonly StudyDecision[] {
    return this.#decisions;
  }

  get enqueuedCount(): number {
    return this.#enqueued.length;
  }

  get isPaused(): boolean {
    return this.#activeSinceMs === null;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** `null`: there will be another trial. */
  get stop(): StudyStop | null {
    if (this.#isStopped) return { cutsTrials: true, reason: 'it was stopped' };
    if (this.#isExhausted) return { cutsTrials: false, reason: 'nothing is left to try' };
    // Whether results stand still is known when those have come that the next trial waits for.
    const budget = this.#waits ? { ...this.#budget, noImprovement: null } : this.#budget;
    const end = stopStudy({
      budget,
      order: this.tune.order,
      number: this.count,
      trials: this.#trials.map((trial, number) => ({ number, ...trial })),
      elapsedMinutes: this.#elapsedMs() / 60_000,
    });
    return end && { cutsTrials: end.cause === 'minutes', reason: end.reason };
  }

  /** Whether the next trial can be suggested now. */
  get mayStart(): boolean {
    if (this.#isDraining || this.isPaused || this.#waits) return false;
    return this.#running.size < this.tune.parallel && this.stop === null;
  }

  /** Whether nothing runs and nothing is to be started. */
  get isIdle(): boolean {
    return this.#running.size === 0 && (this.#isDraining || this.stop !== null);
  }

  /** Whether trials run that are of no use any more. */
  get cutsTrials(): boolean {
    return this.#running.size > 0 && this.stop?.cutsTrials === true;
  }

  /** Time that the budget leaves; `null`: any. */
  get leftMs(): number | null {
    const { minutes } = this.#budget;
    if (minutes === null || this.isPaused) return null;
    return Math.max(0, minutes * 60_000 - this.#elapsedMs());
  }

  /** Opens the next trial; answers its number and of which ones its suggestion may not know how they end. */
  open(): Pick<SuggestTrialInput, 'number' | 'running' | 'given'> {
    const number = this.count;
    const { order } = this.tune;
    const first = order.kind === 'fixed' ? Math.max(0, number - order.window + 1) : number;
    const unseen = Array.from({ length: number - first }, (_, index) => first + index);
    const running = order.kind === 'fixed' ? unseen : [...this.#running.keys()];
    this.#trials.push({ state: 'running', model: 0, ended: null, step: null, value: null });
    this.#running.set(number, this.#now());
    this.#version += 1;
    return { number, running, given: this.#enqueued.shift() ?? null };
  }

  /** Takes back the trial that was opened last: there is nothing left to try. */
  takeBack(): void {
    this.#trials.pop();
    this.#running.delete(this.count);
    this.#isExhausted = true;
    this.#version += 1;
  }

  /** With what a trial is compared while it runs. */
  pruningOf(number: number): PruningInput | null {
    const { pruner, order } = this.tune;
    if (pruner.kind === 'none') return null;
    return { pruner, below: order.kind === 'fixed' ? number - order.window + 1 : null };
  }

  settle(number: number, model: string, ending: TrialEnding): void {
    const startedAt = this.#running.get(number) ?? this.#now();
    const { state, value, reached } = ending;
    const durationMs = this.nowMs() - Date.parse(startedAt);
    this.#running.delete(number);
    this.#trials[number] = {
      state,
      model: this.models.indexOf(model),
      ended: this.#ended,
      step: reached?.step ?? null,
      value: value ?? reached?.value ?? null,
    };
    this.#ended += 1;
    while (this.#trials[this.#firstOpen]?.ended != null) this.#firstOpen += 1;
    this.#unsaved = [...this.#unsaved, { number, ...ending, startedAt, durationMs }];
    this.#version += 1;
  }

  /** Hands out how trials ended since the last call. */
  takeUnsaved(): readonly SettledTrial[] {
    const unsaved = this.#unsaved;
    this.#unsaved = [];
    return unsaved;
  }

  /** Numbers of complete trials, the best one first. */
  rank(): readonly number[] {
    const complete = this.#trials.flatMap(({ state, value }, number) =>
      state === 'complete' && value !== null ? [{ number, value }] : [],
    );
    return complete
      .sort((a, b) => a.value - b.value || a.number - b.number)
      .map(({ number }) => number);
  }

  pause(): void {
    this.#activeMs = this.#elapsedMs();
    this.#activeSinceMs = null;
    this.#note('paused', 'no further trial starts');
  }

  resume(): void {
    this.#activeSinceMs = this.nowMs();
    this.#note('resumed', 'trials start again');
  }

  stopNow(): void {
    this.#isStopped = true;
    this.#note('stopped', `after ${this.count} trials`);
  }

  changeBudget(change: Partial<StudyBudget>, kind: 'extended' | 'budget-changed'): void {
    const before = this.#budget;
    this.#budget = { ...before, ...change };
    this.#note(kind, describeChange(before, this.#budget));
  }

  enqueue(given: GivenTrial): void {
    this.#enqueued.push(given);
    this.#note('enqueued', `${given.model} ${JSON.stringify(given.parameters)}`);
  }

  drain(): void {
    this.#isDraining = true;
    this.#version += 1;
  }

  close(): void {
    this.#isClosing = true;
  }

  /** What the next history begins with; nothing runs then. */
  carry(): CarriedStudy {
    return {
      trials: this.#trials.map(encodeTrial),
      budget: this.#budget,
      isPaused: this.isPaused,
      isStopped: this.#isStopped,
      activeMs: this.#elapsedMs(),
      enqueued: this.#enqueued,
      decisions: this.#decisions,
    };
  }

  status(): StudyStatus {
    const isEnding = this.#isClosing || this.stop !== null;
    return {
      state: isEnding ? 'ending' : this.isPaused ? 'paused' : 'running',
      budget: this.#budget,
      count: this.count,
      running: [...this.#running].map(([number, startedAt]) => ({ number, startedAt })),
      unsaved: this.#unsaved,
      enqueued: this.#enqueued.length,
      decisions: this.#decisions,
    };
  }

  /** In fixed order: whether trials run that have to end before the next one. */
  get #waits(): boolean {
    const { order } = this.tune;
    return order.kind === 'fixed' && this.#firstOpen <= this.count - order.window;
  }

  #elapsedMs(): number {
    return this.#activeMs + (this.#activeSinceMs === null ? 0 : this.nowMs() - this.#activeSinceMs);
  }

  #now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  #note(kind: StudyDecision['kind'], detail: string): void {
    this.#decisions.push({ at: this.#now(), kind, detail });
    this.#version += 1;
  }
}

function describeChange(before: StudyBudget, after: StudyBudget): string {
  const show = (value: number | null): string => (value === null ? 'any' : String(value));
  return (['trials', 'minutes', 'noImprovement'] as const)
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${show(before[name])} -> ${show(after[name])}`)
    .join(', ');
}
