import { setTimeout as delay } from 'node:timers/promises';
import { applyFeatures } from '../src/features/apply-features.js';
import { applyRow } from '../src/features/apply-row.js';
import type { ColumnTable } from '../src/features/column-table.js';
import { type FittedFeatures, fitFeatures } from '../src/features/fit-features.js';
import { type BenchRow, median, printBenchReport } from './bench-report.js';
import { loadFlights } from './features/load-flights.js';
import { createMixedTable, toRows } from './features/mixed-table.js';
import { type ScikitLearn, startScikitLearn } from './peers/scikit-learn/start-scikit-learn.js';

const quick = process.argv.includes('--quick');
const withPeers = !process.argv.includes('--no-peers');
const rounds = quick ? 2 : 5;
const rowCount = quick ? 300_000 : 3_000_000;
const singleRows = quick ? 2000 : 20_000;

const flights = await loadFlights(rowCount);
const mixed = createMixedTable(2000);
const mixedRows = toRows(mixed);
const { program } = fitTable(mixed);
const peer = withPeers ? await startScikitLearn({ flights, mixed }) : null;

try {
  printBenchReport('features', await measure(peer));
} finally {
  await peer?.stop();
}

/** Ours and the peer in turn; the first round only warms both up. */
async function measure(scikitLearn: ScikitLearn | null): Promise<BenchRow[]> {
  const own = { tableS: [] as number[], rowUs: [] as number[] };
  const theirs = { tableS: [] as number[], rowUs: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const tableS = fitAndApply();
    const peerTableS = await scikitLearn?.fitAndApply();
    const rowUs = applyRows();
    const peerRowUs = await scikitLearn?.applyRow();
    if (round === 0) continue;
    own.tableS.push(tableS);
    own.rowUs.push(rowUs);
    if (peerTableS !== undefined) theirs.tableS.push(peerTableS);
    if (peerRowUs !== undefined) theirs.rowUs.push(peerRowUs);
    // Lets the collector take the matrices of the round.
    await delay(0);
  }
  const row = (name: string, unit: string, values: number[], peers: number[]): BenchRow => ({
    name,
    value: median(values),
    unit,
    peer: scikitLearn?.name ?? null,
    peerValue: scikitLearn === null ? null : median(peers),
    better: 'lower',
  });
  return [
    row(`fitApply${rowCount / 1000}kRowsX5`, 's', own.tableS, theirs.tableS),
    row('applyRowX20', 'us', own.rowUs, theirs.rowUs),
  ];
}

/** Seconds from columns to the train matrix, and from the same columns to the matrix of a validation part. */
function fitAndApply(): number {
  const startedAtMs = performance.now();
  const fitted = fitTable(flights);
  const matrix = applyFeatures(fitted.program, flights);
  const seconds = (performance.now() - startedAtMs) / 1000;
  if (matrix.length !== fitted.trainMatrix.length) throw new Error('the matrices differ in size');
  return seconds;
}

/** Microseconds a row, each with its own call, checks and result. */
function applyRows(): number {
  const startedAtMs = performance.now();
  for (let count = 0; count < singleRows; count += 1) {
    applyRow(program, mixedRows[count % mixedRows.length] ?? {});
  }
  return ((performance.now() - startedAtMs) * 1000) / singleRows;
}

function fitTable(table: ColumnTable): FittedFeatures {
  return fitFeatures(table, {
    target: 'y',
    task: 'regression',
    plan: { defaults: {}, columns: {}, target: { transform: 'none' } },
    derived: [],
    seed: 1,
  });
}
