const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A duration in the largest unit that fits, with one digit, e.g. `1.5 days`. */
export function describeAge(durationMs: number): string {
  const [unit, sizeMs] = units.find(([, size]) => durationMs >= size) ?? (['ms', 1] as const);
  const count = Math.round((10 * durationMs) / sizeMs) / 10;
  return unit === 'ms' ? `${count} ms` : `${count} ${unit}${count === 1 ? '' : 's'}`;
}
