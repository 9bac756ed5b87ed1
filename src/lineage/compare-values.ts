export type DiffValue = string | number | null;

/** One thing side by side; `null` where a run has none. */
export interface Comparison {
  readonly name: string;
  readonly a: DiffValue;
  readonly b: DiffValue;
  readonly isEqual: boolean;
}

type Values = Readonly<Record<string, DiffValue>>;

/** Sets the values of two records side by side, differences first, then by name. */
export function compareValues(a: Values, b: Values): readonly Comparison[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const rows = names.map((name): Comparison => {
    const [one, other] = [a[name] ?? null, b[name] ?? null];
    return { name, a: one, b: other, isEqual: one === other };
  });
  return [...rows.filter((row) => !row.isEqual), ...rows.filter((row) => row.isEqual)];
}
