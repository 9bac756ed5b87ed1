/** Formats a metric or parameter with four significant digits: `0.9855`, `12.35`, `1,234`, `3.000e-5`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return value.toLocaleString('en-US');
  if (size >= 1e15 || size < 1e-4) return value.toExponential(3);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(4);
}
