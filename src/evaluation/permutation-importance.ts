import { createRandomStream } from '../contract/random-stream.js';
import { shuffle } from '../numerics/shuffle.js';

/** How much worse a model answers when it cannot see a column. */
export interface ColumnImportance {
  readonly column: string;
  /** Mean of the repeats: loss with the column's values shuffled minus loss as it is; about 0 for a useless column. */
  readonly increase: number;
  /** Standard deviation over the repeats. */
  readonly deviation: number;
}

export interface ImportanceQuestion {
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly repeats: number;
  /** Decides how rows are shuffled. */
  readonly seed: number;
  /**
   * Loss on the rows; lower is better.
   *
   * @param shuffled the column whose row i is to hold the value of row `order[i]`; `null`: the rows as they are
   */
  score(shuffled: { readonly column: string; readonly order: Uint32Array } | null): Promise<number>;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): each column is shuffled by itself, and the
 * loss measured again. Columns that tell the same share their importance.
 *
 * @returns the most important column first, equal ones in the order given
 */
export async function measureImportance(
  question: ImportanceQuestion,
): Promise<readonly ColumnImportance[]> {
  const { columns, rowCount, repeats, seed, score } = question;
  const loss = await score(null);
  const orders = Array.from({ length: repeats }, (_, repeat) => drawOrder(rowCount, seed, repeat));
  const found: ColumnImportance[] = [];
  for (const column of columns) {
    const increases: number[] = [];
    for (const order of orders) increases.push((await score({ column, order })) - loss);
    found.push({ column, ...summarize(increases) });
  }
  return found.sort((a, b) => b.increase - a.increase);
}

/** A random order of rows. */
function drawOrder(rowCount: number, seed: number, stream: number): Uint32Array {
  const order = Uint32Array.from({ length: rowCount }, (_, row) => row);
  return shuffle(order, createRandomStream(seed, stream));
}

function summarize(values: readonly number[]): { increase: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { increase: mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
