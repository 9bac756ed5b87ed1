import { pickRows } from '../dataset/leakage/pick-rows.js';
import { takeRows } from '../dataset/split/take-rows.js';
import type { ImportanceReport } from '../evaluation/evaluation-report.js';
import { measureImportance } from '../evaluation/permutation-importance.js';
import type { Column, ColumnTable } from '../features/column-table.js';
import type { Predictor } from '../serving/predictor.js';
import { scoreTestRows } from './score-test-rows.js';

const repeats = 3;
const shuffleSeed = 0;

const mostRows = 1_000;
const fewestRows = 100;
/** Multiplications that all answers together may take: a few seconds. */
const maxCost = 3e9;

/**
 * Measures which columns of the test part a model depends on. Expensive models are asked for fewer rows; how many
 * follows from the model alone, so that a report can be repeated.
 */
export async function explainModel(
  predictor: Predictor,
  test: ColumnTable,
  signal: AbortSignal,
): Promise<ImportanceReport> {
  const columns = predictor.inputs.columns.map(({ name }) => name);
  const affordable = Math.floor(maxCost / (predictor.rowCost * (columns.length * repeats + 1)));
  const limit = Math.min(mostRows, Math.max(fewestRows, affordable));
  const rows = pickRows(
    Uint32Array.from({ length: test.rowCount }, (_, row) => row),
    limit,
  );
  const table = takeRows(test, rows);
  const metric = predictor.target.task === 'regression' ? 'rmse' : 'logLoss';
  const importance = await measureImportance({
    ...{ columns, rowCount: table.rowCount, repeats, seed: shuffleSeed },
    score: async (shuffled) => {
      signal.throwIfAborted();
      const seen =
        shuffled === null ? table : shuffleColumn(table, shuffled.column, shuffled.order);
      // Both losses are defined for any rows.
      return scoreTestRows(predictor, table, await predictor.answerTable(seen))[metric] as number;
    },
  });
  return { metric, rows: table.rowCount, repeats, columns: importance };
}

function shuffleColumn(table: ColumnTable, name: string, order: Uint32Array): ColumnTable {
  const column = table.columns.get(name);
  if (column === undefined) return table;
  return { ...table, columns: new Map([...table.columns, [name, reorder(column, order)]]) };
}

function reorder(column: Column, order: Uint32Array): Column {
  // An order holds each row once.
  if (column.kind === 'text') {
    return { ...column, codes: Int32Array.from(order, (row) => column.codes[row] as number) };
  }
  return { ...column, values: Float64Array.from(order, (row) => column.values[row] as number) };
}
