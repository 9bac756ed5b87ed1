import type { Task } from '../../src/contract/pipeline-plan.js';
import type { ObjectiveName } from '../../src/contract/training-plan.js';

/** How answers for the test rows are measured. */
export type QualityMetric = 'rmse' | 'auc' | 'accuracy';

/** One real table with its question. */
export interface QualityTable {
  readonly name: string;
  /** Below the data folder; their rows are counted one after the other. */
  readonly files: readonly string[];
  /** Column of the files. */
  readonly target: string;
  /** Whether the logarithm of the target is learned; a target of less than `least` is in no part. */
  readonly log: boolean;
  readonly least: number | null;
  /** Texts that mean a missing value; `null`: the usual ones. */
  readonly nulls: readonly string[] | null;
  /** Columns that are known only afterwards, or say the same as the target. */
  readonly drop: readonly string[];
  readonly task: Task;
  readonly metric: QualityMetric;
  /** What is measured is divided by this. */
  readonly unit: number;
  /** Name of the file of test rows; `null`: the last file is the test part. */
  readonly splits: string | null;
  /** Parts that an ensemble's models validate on in turn; 1: the rows that single models stop on. */
  readonly folds: number;
  /** Time that the tuned ensemble gets. */
  readonly ensembleMinutes: number;
}

const regression = { task: 'regression', metric: 'rmse', folds: 1, ensembleMinutes: 5 } as const;
const twoClasses = { task: 'classification', metric: 'auc', ensembleMinutes: 5 } as const;
const fewRows = { task: 'classification', metric: 'accuracy', folds: 5 } as const;
const plain = { log: false, least: null, nulls: null, drop: [], unit: 1 } as const;

export const qualityTables: readonly QualityTable[] = [
  {
    ...plain,
    ...regression,
    ...{ name: 'diamonds', files: ['diamonds.csv.gz'], splits: 'diamonds' },
    ...{ target: 'price', log: true },
  },
  {
    ...plain,
    ...regression,
    ...{ name: 'housing', files: ['housing.csv.gz'], splits: 'housing' },
    ...{ target: 'median_house_value', unit: 100_000 },
  },
  {
    ...plain,
    ...regression,
    ...{ name: 'taxi', files: ['taxi-fare-train.csv.gz', 'taxi-fare-test.csv.gz'], splits: 'taxi' },
    ...{ target: 'trip_time_in_secs', log: true, least: 30, drop: ['fare_amount'] },
  },
  {
    ...plain,
    ...twoClasses,
    ...{ name: 'adult', files: ['adult-train.csv.gz', 'adult-test.csv.gz'], splits: null },
    ...{ target: 'income', nulls: ['', '?'], folds: 1 },
  },
  {
    ...plain,
    ...twoClasses,
    ...{ name: 'churn', files: ['wa_churn.csv'], splits: 'wa_churn' },
    ...{ target: 'churn', folds: 5 },
  },
  {
    ...plain,
    ...fewRows,
    ...{ name: 'titanic', files: ['titanic.csv'], splits: 'titanic' },
    ...{ target: 'survived', drop: ['alive'], ensembleMinutes: 2 },
  },
  {
    ...plain,
    ...fewRows,
    ...{ name: 'penguins', files: ['penguins.csv'], splits: 'penguins' },
    ...{ target: 'species', ensembleMinutes: 1 },
  },
];

/** What decides between epochs, trials and models of a table. */
export const objectives: Readonly<Record<QualityMetric, ObjectiveName>> = {
  rmse: 'rmse',
  auc: 'rocAuc',
  // Of some dozens of rows, the share of right answers hardly tells models apart.
  accuracy: 'logLoss',
};
