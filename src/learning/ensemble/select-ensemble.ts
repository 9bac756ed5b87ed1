import { RecetaError } from '../../contract/errors.js';
import { averageAnswers } from './average-answers.js';

export interface EnsembleOptions {
  /** Most models that are drawn, counted with repetitions; 50 unless given. */
  readonly rounds?: number;
  /** Awaited after each judgment, so that the process can hear others meanwhile. */
  readonly breathe?: () => Promise<void>;
}

export interface EnsembleSelection {
  /** Share of each candidate, in their order: multiples of 1 / `drawn` that add up to 1. */
  readonly weights: readonly number[];
  /** How many models were drawn, counted with repetitions. */
  readonly drawn: number;
  /** Score of the weighted mean as `averageAnswers` computes it; never above `single.value`. */
  readonly value: number;
  /** The best candidate alone. */
  readonly single: { readonly index: number; readonly value: number };
}

/** Objective of answers; lower is better, NaN is never chosen. It must not keep the answers. */
type Score = (answers: Float32Array) => number;

const defaultRounds = 50;

/**
 * Chooses models whose weighted mean answers better than any of them alone: greedy forward selection with replacement
 * (Caruana and others, "Ensemble selection from libraries of models", 2004). Each round draws the candidate with which
 * the mean scores lowest, of equal ones the first; the round with the lowest score wins, of equal ones the earliest.
 * Judges (candidates + 1) x rounds times.
 *
 * @param candidates answers of each model for the same rows, in the same units; all equally long
 * @throws RecetaError `internal` when no candidate has a finite score
 */
export async function selectEnsemble(
  candidates: readonly Float32Array[],
  score: Score,
  { rounds = defaultRounds, breathe = async () => undefined }: EnsembleOptions = {},
): Promise<EnsembleSelection> {
  const search = new GreedySearch(candidates, score);
  const single = await search.draw(breathe);
  let best: EnsembleSelection = {
    weights: search.weights(),
    drawn: 1,
    value: single.value,
    single,
  };
  // The mean of one model with itself is that model.
  for (let drawn = 2; drawn <= rounds && candidates.length > 1; drawn += 1) {
    await search.draw(breathe);
    const weights = search.weights();
    // Judged again as it will be answered: the search sums up in another order.
    const value = score(averageAnswers(candidates, weights));
    if (value < best.value) best = { weights, drawn, value, single };
  }
  return best;
}

/** The models drawn so far, with the sum of their answers. */
class GreedySearch {
  readonly #candidates: readonly Float32Array[];
  readonly #score: Score;
  readonly #counts: number[];
  readonly #sum: Float64Array;
  readonly #mean: Float32Array;
  #drawn = 0;

  constructor(candidates: readonly Float32Array[], score: Score) {
    const length = candidates[0]?.length ?? 0;
    this.#candidates = candidates;
    this.#score = score;
    this.#counts = candidates.map(() => 0);
    this.#sum = new Float64Array(length);
    this.#mean = new Float32Array(length);
  }

  /** Adds the candidate that helps most. */
  async draw(breathe: () => Promise<void>): Promise<{ index: number; value: number }> {
    let best = { index: -1, value: Number.POSITIVE_INFINITY };
    for (const [index, answers] of this.#candidates.entries()) {
      const value = this.#score(this.#meanWith(answers));
      if (value < best.value) best = { index, value };
      await breathe();
    }
    const answers = this.#candidates[best.index];
    if (answers === undefined) {
      throw new RecetaError(
        'internal',
        `Selecting an ensemble: none of ${this.#candidates.length} models has a finite score.`,
      );
    }
    addTo(this.#sum, answers);
    this.#counts[best.index] = (this.#counts[best.index] ?? 0) + 1;
    this.#drawn += 1;
    return best;
  }

  weights(): readonly number[] {
    return this.#counts.map((count) => count / this.#drawn);
  }

  #meanWith(answers: Float32Array): Float32Array {
    const count = this.#drawn + 1;
    for (let index = 0; index < answers.length; index += 1) {
      // Candidates are equally long.
      this.#mean[index] = ((this.#sum[index] as number) + (answers[index] as number)) / count;
    }
    return this.#mean;
  }
}

function addTo(sum: Float64Array, answers: Float32Array): void {
  for (let index = 0; index < sum.length; index += 1) {
    // Candidates are equally long.
    sum[index] = (sum[index] as number) + (answers[index] as number);
  }
}
