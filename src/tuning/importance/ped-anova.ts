import type { Parameters } from '../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../contract/search-space.js';
import { countOnGrid, isSingle } from './grid-counts.js';
import { densityOnChoices, densityOnGrid } from './grid-density.js';

export interface ParameterImportance {
  readonly parameter: string;
  /** Share of all; they add up to 1, or are all 0 where the trials tell nothing. */
  readonly importance: number;
}

/** A complete trial. */
export interface ScoredTrial {
  readonly parameters: Parameters;
  /** Objective, lower is better. */
  readonly value: number;
}

/**
 * Which parameters decided whether a trial was among the best: PED-ANOVA (Watanabe, Bansal, Hutter, IJCAI 2023). For
 * each parameter the density of its values among the best trials is held against that among all of them, and their
 * Pearson divergence is its importance.
 *
 * @param trials of one model; those without a finite value are left out
 * @param targetQuantile share of the trials that are the best; of equal values at its end all count
 * @returns highest first, equal ones in the order of the space
 */
export function pedAnova(
  space: SearchSpace,
  trials: readonly ScoredTrial[],
  targetQuantile = 0.1,
): readonly ParameterImportance[] {
  const finite = trials.filter(({ value }) => Number.isFinite(value));
  const sorted = finite.map(({ value }) => value).sort((a, b) => a - b);
  const bound = sorted[Math.ceil(targetQuantile * sorted.length) - 1] ?? Number.NaN;
  const best = finite.filter(({ value }) => value <= bound);
  const divergences = space.map((range) =>
    finite.length < 2 || isSingle(range) ? 0 : pearsonDivergence(range, best, finite),
  );
  const total = divergences.reduce((sum, divergence) => sum + divergence, 0);
  return space
    .map(({ name }, index) => ({
      parameter: name,
      importance: total === 0 ? 0 : (divergences[index] ?? 0) / total,
    }))
    .sort((a, b) => b.importance - a.importance);
}

function pearsonDivergence(
  range: ParameterRange,
  best: readonly ScoredTrial[],
  all: readonly ScoredTrial[],
): number {
  const ofAll = densityOf(range, all);
  return densityOf(range, best).reduce((sum, density, index) => {
    // There is a density of all at each point.
    const other = ofAll[index] as number;
    return sum + other * (density / other - 1) ** 2;
  }, 0);
}

function densityOf(range: ParameterRange, trials: readonly ScoredTrial[]): number[] {
  const values = trials.flatMap(({ parameters }) => parameters[range.name] ?? []);
  const counts = countOnGrid(range, values);
  const density = range.kind === 'categorical' ? densityOnChoices(counts) : densityOnGrid(counts);
  // Keeps quotients finite.
  return density.map((share) => share + 1e-12);
}
