import { cpus, totalmem } from 'node:os';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string | null;
  readonly peerValue: number | null;
  readonly better: 'higher' | 'lower';
  /** Where value - peerValue lies with 95 % confidence, in benchmarks that know. */
  readonly difference?: { readonly low: number; readonly high: number } | null;
}

/** Prints one readable line a row on stderr and the whole report as one JSON line on stdout. */
export function printBenchReport(bench: string, rows: readonly BenchRow[]): void {
  const withRatio = rows.map((row) => ({
    ...row,
    ratio: row.peerValue === null ? null : row.value / row.peerValue,
  }));
  for (const row of withRatio) process.stderr.write(`${toLine(row)}\n`);
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify({ bench, machine, rows: withRatio })}\n`);
}

function toLine(row: BenchRow & { ratio: number | null }): string {
  const own = `${row.name}: ${row.value.toPrecision(4)} ${row.unit}`;
  if (row.peerValue === null || row.ratio === null) return own;
  return `${own}, ${row.peer} ${row.peerValue.toPrecision(4)} ${row.unit}, ratio ${row.ratio.toPrecision(3)} (${row.better} is better)${toInterval(row)}`;
}

function toInterval({ difference }: BenchRow): string {
  if (difference === undefined || difference === null) return '';
  return `, difference ${difference.low.toPrecision(3)} to ${difference.high.toPrecision(3)}`;
}

/** Middle value; of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined)
    throw new Error('the median of no values was asked for');
  return (lower + upper) / 2;
}
