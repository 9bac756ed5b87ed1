import type { ProcessMeasurement } from '../bench-process.js';
import { type BenchRow, median } from '../bench-report.js';
import type { DuckdbPython } from '../peers/duckdb/duckdb-python.js';

/** A row of the medians of one figure of our processes and the peer's. */
export function toProcessRow(
  name: string,
  unit: string,
  peer: DuckdbPython | null,
  own: readonly ProcessMeasurement[],
  theirs: readonly ProcessMeasurement[],
  read: (run: ProcessMeasurement) => number,
): BenchRow {
  return {
    name,
    value: median(own.map(read)),
    unit,
    peer: peer?.name ?? null,
    peerValue: peer === null ? null : median(theirs.map(read)),
    better: 'lower',
  };
}
