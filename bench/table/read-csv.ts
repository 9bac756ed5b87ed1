import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOptions } from '../../src/contract/open-read-options.js';
import { DatasetEngine, toEngineBytes } from '../../src/dataset/dataset-engine.js';
import { SqlSession } from '../../src/dataset/sql/session.js';
import { measureChildren, type ProcessMeasurement } from '../bench-process.js';
import type { BenchRow } from '../bench-report.js';
import { prepareDuckdbPython } from '../peers/duckdb/duckdb-python.js';
import { findFlights } from './flights-file.js';
import { toProcessRow } from './to-process-row.js';
import type { TableBench } from './transform-flights.js';

const memoryBytes = 2 ** 30;
const fullRows = 2_000_000;

/**
 * Turns flights written as CSV into Parquet with types found out, each way in processes of its own, in turn. The peer
 * decides its types from the first 20,480 rows; ours come from all rows, and every record is checked.
 */
export async function benchReadCsv(bench: TableBench): Promise<readonly BenchRow[]> {
  const csvPath = await writeCsv(bench);
  const peer = bench.withPeers
    ? prepareDuckdbPython(bench.folder, {
        threads: '1',
        memory_limit: `${Math.floor(toEngineBytes(memoryBytes) / 2 ** 20)}MiB`,
      })
    : null;
  const own: ProcessMeasurement[] = [];
  const theirs: ProcessMeasurement[] = [];
  for (let round = 0; round <= bench.rounds; round += 1) {
    const ownRound = await measureChildren(() => readOnce(bench, csvPath));
    const peerRound = await peer?.run([toStatement(bench, csvPath)]);
    // The first round warms the page cache for both.
    if (round === 0) continue;
    own.push(ownRound);
    if (peerRound !== undefined) theirs.push(peerRound);
  }
  return [
    toProcessRow('flightsCsvToParquet', 's', peer, own, theirs, ({ seconds }) => seconds),
    toProcessRow(
      'flightsCsvToParquetPeakMemory',
      'MiB',
      peer,
      own,
      theirs,
      (run) => run.peakBytes / 2 ** 20,
    ),
  ];
}

async function writeCsv({ folder, rowLimit }: TableBench): Promise<string> {
  const csvPath = join(folder, 'flights.csv');
  if (existsSync(csvPath)) return csvPath;
  const jobFolder = join(folder, 'csv');
  mkdirSync(jobFolder);
  const session = await SqlSession.open({ memoryBytes, tempBytes: 2 ** 34, jobFolder });
  try {
    const rows = Math.min(fullRows, rowLimit ?? fullRows);
    await session.run(
      `COPY (FROM read_parquet('${findFlights()}') LIMIT ${rows}) TO '${csvPath}' (FORMAT csv, HEADER)`,
    );
  } finally {
    session.close();
  }
  return csvPath;
}

async function readOnce({ folder }: TableBench, path: string): Promise<void> {
  const engine = new DatasetEngine({ workDir: join(folder, 'work') });
  const outputPath = join(folder, 'own-csv.parquet');
  const files = [{ path, name: 'flights.csv', columns: null }];
  const rejectsPath = join(folder, 'rejects.parquet');
  await engine.readSource(
    { files, read: openReadOptions, outputPath, rejectsPath },
    { deadlineMs: 600_000, memoryBytes },
  );
  rmSync(outputPath);
}

function toStatement({ folder }: TableBench, csvPath: string): string {
  return (
    `COPY (FROM read_csv('${csvPath}')) ` +
    `TO '${join(folder, 'peer-csv.parquet')}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
  );
}
