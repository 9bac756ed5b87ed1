import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openReadOptions } from '../../src/contract/open-read-options.js';
import { DatasetEngine } from '../../src/dataset/dataset-engine.js';
import type { ColumnTable } from '../../src/features/column-table.js';
import type { TargetEncoding } from '../../src/features/feature-program.js';
import { fitTarget } from '../../src/features/fit-target.js';
import { labelAt } from '../../src/features/labels.js';
import type { QualityTable } from './quality-tables.js';
import { dealRows, type RowParts } from './split-rows.js';

export interface LoadedTable {
  readonly definition: QualityTable;
  /** Paths of its files. */
  readonly files: readonly string[];
  /** With the target as it is learned, in the column `target`. */
  readonly rows: ColumnTable;
  /** Of all rows; only classes and their order are to be taken from it. */
  readonly target: TargetEncoding;
  /** Row numbers of the test part, one list a split. */
  readonly tests: readonly (readonly number[])[];
}

export const targetColumn = 'target';

const limits = { deadlineMs: 600_000, memoryBytes: 2 ** 31 };

/** Reads a table through the rooms that a pipeline would use, in the order of its files. */
export async function loadQualityTable(
  definition: QualityTable,
  dataDir: string,
): Promise<LoadedTable> {
  const files = definition.files.map((name) => join(dataDir, name));
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-quality-'));
  try {
    const engine = new DatasetEngine({ workDir: folder });
    const source = join(folder, 'source.parquet');
    const outputPath = join(folder, 'table.parquet');
    await engine.readSource(
      {
        files: files.map((path) => ({ path, name: path, columns: null })),
        read: { ...openReadOptions, nulls: definition.nulls },
        outputPath: source,
        rejectsPath: join(folder, 'rejects.parquet'),
      },
      limits,
    );
    await engine.transform(
      {
        tables: { source },
        queries: [{ name: 'table', sql: toQuery(definition) }],
        ...{ params: {}, derive: [], target: targetColumn, outputPath },
      },
      limits,
    );
    const rows = await engine.readTable({ path: outputPath }, limits);
    const tests = await readTests(definition, dataDir, rows.rowCount);
    return { definition, files, rows, target: encodingOf(definition, rows), tests };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows that a split trains and validates on: parts of equal size, of which each validates once. */
export function developmentParts(
  table: LoadedTable,
  split: number,
  parts: number,
): readonly RowParts[] {
  const test = new Set(table.tests[split]);
  const groups = new Map<string, number[]>();
  const target = table.rows.columns.get(targetColumn);
  if (target === undefined) throw new Error(`${table.definition.name} has no target`);
  for (let row = 0; row < table.rows.rowCount; row += 1) {
    const label = labelAt(target, row);
    if (label === null || test.has(row)) continue;
    const group = table.definition.task === 'classification' ? label : '';
    const rows = groups.get(group);
    if (rows === undefined) groups.set(group, [row]);
    else rows.push(row);
  }
  return dealRows([...groups.values()], parts, split);
}

/** Rows that are in no part. */
export function skippedRows({ rows }: LoadedTable): readonly number[] {
  const target = rows.columns.get(targetColumn);
  return Array.from({ length: rows.rowCount }, (_, row) => row).filter(
    (row) => target === undefined || labelAt(target, row) === null,
  );
}

function encodingOf({ name, task }: QualityTable, rows: ColumnTable): TargetEncoding {
  const column = rows.columns.get(targetColumn);
  if (column === undefined) throw new Error(`${name} has no target`);
  return fitTarget(targetColumn, column, { task, transform: 'none' });
}

function toQuery({ target, log, least, drop }: QualityTable): string {
  const learned = log ? `ln(${target})` : target;
  const inside = least === null ? learned : `CASE WHEN ${target} >= ${least} THEN ${learned} END`;
  return `SELECT * EXCLUDE (${[target, ...drop].join(', ')}), ${inside} AS ${targetColumn} FROM source`;
}

async function readTests(
  { splits, files }: QualityTable,
  dataDir: string,
  rowCount: number,
): Promise<readonly (readonly number[])[]> {
  if (splits !== null) {
    const packed = await readFile(join(dataDir, 'splits', `${splits}.json.gz`));
    return JSON.parse(gunzipSync(packed).toString('utf8')).test;
  }
  const first = await countRows(join(dataDir, files[0] ?? ''));
  return [Array.from({ length: rowCount - first }, (_, row) => first + row)];
}

/** Lines beside the header; for files whose values hold no line ends. */
async function countRows(path: string): Promise<number> {
  const text = gunzipSync(await readFile(path)).toString('utf8');
  return text.trimEnd().split('\n').length - 1;
}
