import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ModelName, modelNames } from '../../src/contract/model-names.js';
import { type QualityTable, qualityTables } from './quality-tables.js';

export interface QualityOptions {
  readonly dataDir: string;
  readonly tables: readonly QualityTable[];
  /** Trained at their defaults. */
  readonly models: readonly ModelName[];
  readonly ensemble: boolean;
  /** Numbers of the splits for single models. */
  readonly splits: readonly number[];
  readonly ensembleSplits: readonly number[];
  /** Instead of the table's own. */
  readonly ensembleMinutes: number | null;
  readonly ensembleModels: 'auto' | readonly ModelName[];
  readonly withPeers: boolean;
  /** Whether results of earlier calls are computed again. */
  readonly fresh: boolean;
}

const usualModels: readonly ModelName[] = ['linear', 'lightgbm', 'mlp', 'realmlp', 'tabm'];

const usage = `Usage: npm run bench -- quality [--tables diamonds,housing] [--models lightgbm,tabm,ensemble] [--splits 0,1]
  [--minutes 5] [--quick] [--long] [--no-peers] [--fresh]
RECETA_BENCH_DATA names the folder of the tables: their CSV files, and splits/ with the row numbers of test parts.
--quick: split 0 and no ensemble; --long: the papers' settings too, ensembles of 20 minutes, all splits.`;

/** Reads the command line; throws a plain Error that says how the bench is called. */
export function parseQualityOptions(args: readonly string[]): QualityOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ tables: { type: 'string' }, models: { type: 'string' }, splits: { type: 'string' } },
      ...{ minutes: { type: 'string' }, quick: { type: 'boolean' }, long: { type: 'boolean' } },
      ...{ 'no-peers': { type: 'boolean' }, fresh: { type: 'boolean' } },
    },
  });
  const { quick = false, long = false } = values;
  const dataDir = process.env.RECETA_BENCH_DATA ?? '';
  if (!existsSync(join(dataDir, 'splits'))) throw new Error(`There is no test data.\n${usage}`);
  const names = toList(values.models);
  const every = long ? modelNames : usualModels;
  const splits = toList(values.splits)?.map(Number) ?? (quick ? [0] : [0, 1, 2]);
  return {
    dataDir,
    tables: (toList(values.tables) ?? qualityTables.map(({ name }) => name)).map(findTable),
    models: (names ?? every).filter((name) => name !== 'ensemble').map(findModel),
    ensemble: names === null ? !quick : names.includes('ensemble'),
    splits,
    ensembleSplits: long || values.splits !== undefined ? splits : [0],
    ensembleMinutes: values.minutes === undefined ? (long ? 20 : null) : Number(values.minutes),
    ensembleModels: long ? [...modelNames] : 'auto',
    withPeers: values['no-peers'] !== true,
    fresh: values.fresh ?? false,
  };
}

function toList(value: string | undefined): readonly string[] | null {
  return value === undefined ? null : value.split(',').map((name) => name.trim());
}

function findTable(name: string): QualityTable {
  const found = qualityTables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const known = qualityTables.map((table) => table.name).join(', ');
  throw new Error(`There is no table ${name}; there are ${known}.\n${usage}`);
}

function findModel(name: string): ModelName {
  const found = modelNames.find((model) => model === name);
  if (found !== undefined) return found;
  throw new Error(`There is no model ${name}; there are ${modelNames.join(', ')}.\n${usage}`);
}
