import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { FeaturePlan } from '../../contract/feature-plan.js';
import { openReadOptions } from '../../contract/open-read-options.js';
import type { SplitPlan, Task } from '../../contract/pipeline-plan.js';
import type { Column, ColumnTable } from '../../features/column-table.js';
import { engine, limits, newPath } from '../testdata/engine-surroundings.js';
import { findLeaks } from './find-leaks.js';
import type { LeakFinding } from './leakage-report.js';

const features: FeaturePlan = { defaults: {}, columns: {}, target: { transform: 'auto' } };
const split: SplitPlan = {
  type: 'hash',
  train: 0.7,
  validation: 0.15,
  test: 0.15,
  seed: 0,
  key: [],
  stratify: false,
  folds: null,
};

async function readReal(file: string): Promise<ColumnTable> {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  const [outputPath, rejectsPath] = [newPath('table.parquet'), newPath('rejects.parquet')];
  const files = [{ path, name: file, columns: null }];
  await engine.readSource({ files, read: openReadOptions, outputPath, rejectsPath }, limits);
  return engine.readTable({ path: outputPath }, limits);
}

function pickFrom(column: Column, rows: Uint32Array): Column {
  // Rows are inside the column.
  if (column.kind === 'text') {
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}

/** Rows with a share of a row's number scrambled, in [0, 1), that lies in a range. */
function cut({ rowCount, columns }: ColumnTable, from: number, to: number): ColumnTable {
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row).filter((row) => {
    const share = shareOf(row);
    return share >= from && share < to;
  });
  const picked = [...columns].map(([name, column]) => [name, pickFrom(column, rows)] as const);
  const folds = Float64Array.from(rows, (row) => (shareOf(row) >= 0.7 ? 0 : -1));
  return {
    rowCount: rows.length,
    columns: new Map<string, Column>([
      ...picked,
      ['receta_fold', { kind: 'number', values: folds }],
    ]),
  };
}

function shareOf(row: number): number {
  const bits = Math.imul((row + 1) ^ ((row + 1) >>> 15), 0x85ebca6b);
  return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32;
}

async function leaksIn(file: string, target: string, task: Task): Promise<readonly LeakFinding[]> {
  const table = await readReal(file);
  const parts = { development: cut(table, 0, 0.85), test: cut(table, 0.85, 1) };
  return findLeaks({ ...parts, target, task, features, split }, 'stop').findings;
}

test('in titanic only `alive` gives `survived` away', async () => {
  const findings = await leaksIn('test/data/tables/titanic.csv', 'survived', 'classification');
  expect(findings.filter(({ severity }) => severity === 'stop')).toMatchObject([
    { kind: 'target-in-column', columns: ['alive'] },
  ]);
});

test('in taxis `total` may give `fare` away', async () => {
  const findings = await leaksIn('test/data/tables/taxis.csv', 'fare', 'regression');
  expect(findings.filter(({ kind }) => kind === 'target-in-column')).toMatchObject([
    { columns: ['total'], severity: 'warn' },
  ]);
});

test.each([
  ['examples/01-penguins/penguins.csv', 'species', 'classification'],
  ['examples/02-diamonds/diamonds.csv.gz', 'price', 'regression'],
  ['test/data/tables/housing.csv.gz', 'median_house_value', 'regression'],
  ['test/data/tables/adult-train.csv.gz', 'income', 'classification'],
  ['test/data/tables/wa_churn.csv', 'churn', 'classification'],
  ['test/data/tables/taxi-fare-train.csv.gz', 'fare_amount', 'regression'],
] as const)('no column of %s gives %s away', async (file, target, task) => {
  const findings = await leaksIn(file, target, task);
  expect(findings.filter(({ kind }) => kind === 'target-in-column')).toEqual([]);
  expect(findings.filter(({ severity }) => severity === 'stop')).toEqual([]);
});
