import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOptions } from '../../src/contract/open-read-options.js';
import { DatasetEngine, toEngineBytes } from '../../src/dataset/dataset-engine.js';
import { measureChildren, type ProcessMeasurement } from '../bench-process.js';
import type { BenchRow } from '../bench-report.js';
import { prepareDuckdbPython } from '../peers/duckdb/duckdb-python.js';
import { findFlights } from './flights-file.js';
import { toProcessRow } from './to-process-row.js';

const memoryBytes = 2 ** 30;

/** Clean, group, join back: the shape of most feature tables. */
const queries = [
  {
    name: 'clean',
    sql: 'SELECT * FROM flights WHERE delay BETWEEN -60 AND 600 AND distance > 0 AND origin <> destination',
  },
  {
    name: 'route',
    sql: `SELECT origin, destination, count(*) AS flights, avg(delay) AS mean_delay, stddev_samp(delay) AS spread
      FROM clean GROUP BY origin, destination`,
  },
  {
    name: 'hourly',
    sql: `SELECT origin, hour(date) AS hour, count(*) AS departures, avg(delay) AS hour_delay
      FROM clean GROUP BY ALL`,
  },
  {
    name: 'result',
    sql: `SELECT clean.*, hour(date) AS hour, dayofweek(date) AS weekday, flights, mean_delay, spread, departures,
        hour_delay, delay > 15 AS late
      FROM clean JOIN route USING (origin, destination)
      JOIN hourly ON hourly.origin = clean.origin AND hourly.hour = hour(date)`,
  },
];

export interface TableBench {
  readonly folder: string;
  readonly rounds: number;
  readonly withPeers: boolean;
  /** At most this many flights. */
  readonly rowLimit: number | null;
}

/** Reads a Parquet source, transforms it and writes Parquet, each way in processes of its own, in turn. */
export async function benchTransform(bench: TableBench): Promise<readonly BenchRow[]> {
  const source = findFlights();
  const peer = bench.withPeers
    ? prepareDuckdbPython(bench.folder, {
        threads: '1',
        memory_limit: `${Math.floor(toEngineBytes(memoryBytes) / 2 ** 20)}MiB`,
        temp_directory: join(bench.folder, 'spill'),
      })
    : null;
  const own: ProcessMeasurement[] = [];
  const theirs: ProcessMeasurement[] = [];
  for (let round = 0; round <= bench.rounds; round += 1) {
    const ownRound = await runOwn(bench, source);
    const peerRound = await peer?.run([toStatement(bench, source)]);
    if (round === 0) continue;
    own.push(ownRound);
    if (peerRound !== undefined) theirs.push(peerRound);
  }
  return [
    toProcessRow('flightsTransform', 's', peer, own, theirs, ({ seconds }) => seconds),
    toProcessRow(
      'flightsTransformPeakMemory',
      'MiB',
      peer,
      own,
      theirs,
      (run) => run.peakBytes / 2 ** 20,
    ),
  ];
}

async function runOwn({ folder, rowLimit }: TableBench, path: string): Promise<ProcessMeasurement> {
  const engine = new DatasetEngine({ workDir: join(folder, 'work') });
  const limits = { deadlineMs: 600_000, memoryBytes };
  const outputPath = join(folder, 'own.parquet');
  const measurement = await measureChildren(async () => {
    const tablePath = join(folder, 'table.parquet');
    const files = [{ path, name: 'flights-3m.parquet', columns: null }];
    const rejectsPath = join(folder, 'rejects.parquet');
    const job = { files, read: openReadOptions, outputPath: tablePath, rejectsPath };
    const { unchanged } = await engine.readSource(job, limits);
    const tables = { flights: unchanged ? path : tablePath };
    await engine.transform(
      { tables, queries: limited(rowLimit), params: {}, derive: [], target: 'late', outputPath },
      limits,
    );
  });
  rmSync(outputPath);
  return measurement;
}

function limited(rowLimit: number | null): typeof queries {
  if (rowLimit === null) return queries;
  return queries.map(({ name, sql }) => ({
    name,
    sql: name === 'clean' ? `${sql} LIMIT ${rowLimit}` : sql,
  }));
}

function toStatement({ folder, rowLimit }: TableBench, path: string): string {
  const parts = limited(rowLimit).map(({ name, sql }) => `${name} AS (${sql})`);
  return (
    `COPY (WITH flights AS (FROM read_parquet('${path}')), ${parts.join(', ')} FROM result) ` +
    `TO '${join(folder, 'peer.parquet')}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
  );
}
