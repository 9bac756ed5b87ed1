/** Writes one line of CSV: a missing value is nothing, an empty text is quoted, so that both can be told apart. */
export function toCsvRecord(values: readonly (number | bigint | string | null)[]): string {
  return `${values.map(toField).join(',')}\n`;
}

function toField(value: number | bigint | string | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
