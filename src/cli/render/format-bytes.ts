const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Formats a size in decimal units: `512 B`, `13.5 kB`, `2.0 GB`. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  // 999.95 would round up to the ugly `1000.0`.
  while (unit < units.length - 1 && value >= (unit === 0 ? 1000 : 999.95)) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${units[unit]}`;
}
