import { rankTrials } from '../rank-trials.js';

/**
 * The trial that a study chooses: the best by value, or where the best ones were scored again, the one with the lowest
 * mean of those new scores. The scores by which they were found do not count then, since luck had a part in them.
 *
 * @param rescores by number; trials without new scores are not chosen
 * @returns `null` when no trial is complete
 */
export function chooseBest<
  Trial extends {
    readonly number: number;
    readonly state: string;
    readonly value: number | null;
  },
>(
  trials: readonly Trial[],
  rescores: readonly { readonly number: number; readonly values: readonly number[] }[],
): (Trial & { readonly value: number }) | null {
  const ranked = rankTrials(trials);
  const means = new Map(
    rescores
      .filter(({ values }) => values.length > 0)
      .map(({ number, values }) => [number, values.reduce((a, b) => a + b, 0) / values.length]),
  );
  const scored = ranked.filter(({ number }) => means.has(number));
  const [best] = scored.toSorted(
    (a, b) => (means.get(a.number) as number) - (means.get(b.number) as number),
  );
  return best ?? ranked[0] ?? null;
}
