import { expect, test } from 'vitest';
import { type ImportanceQuestion, measureImportance } from './permutation-importance.js';

const rowCount = 200;
const table: Readonly<Record<string, readonly number[]>> = {
  strong: Array.from({ length: rowCount }, (_, row) => row % 7),
  weak: Array.from({ length: rowCount }, (_, row) => (row % 5) / 10),
  useless: Array.from({ length: rowCount }, (_, row) => row % 3),
};
const targets = Array.from({ length: rowCount }, (_, row) => predict(row, null));

/** The model: strong + weak, whatever useless holds. */
function predict(row: number, shuffled: Parameters<ImportanceQuestion['score']>[0]): number {
  const read = (column: string): number =>
    table[column]?.[shuffled?.column === column ? (shuffled.order[row] ?? 0) : row] ?? 0;
  return read('strong') + read('weak');
}

const question: ImportanceQuestion = {
  columns: ['useless', 'weak', 'strong'],
  rowCount,
  repeats: 4,
  seed: 3,
  score: async (shuffled) => {
    const errors = targets.map((target, row) => (target - predict(row, shuffled)) ** 2);
    return errors.reduce((sum, error) => sum + error, 0) / rowCount;
  },
};

test('columns come by how much worse the model gets without them', async () => {
  const [first, second, third] = await measureImportance(question);
  expect([first?.column, second?.column, third?.column]).toEqual(['strong', 'weak', 'useless']);
  expect(third).toEqual({ column: 'useless', increase: 0, deviation: 0 });
  // A shuffled column has twice its variance as mean squared error: 8 for 0 to 6, 0.04 for 0 to 0.4.
  expect(first?.increase).toBeGreaterThan(7);
  expect(first?.increase).toBeLessThan(9);
  expect(second?.increase).toBeGreaterThan(0.03);
  expect(second?.increase).toBeLessThan(0.05);
  expect(first?.deviation).toBeGreaterThan(0);
});

test('the same seed shuffles the same, another one otherwise', async () => {
  const again = await measureImportance(question);
  expect(again).toEqual(await measureImportance(question));
  expect(again).not.toEqual(await measureImportance({ ...question, seed: 4 }));
});

test('each order holds every row once', async () => {
  const orders: Uint32Array[] = [];
  await measureImportance({
    ...question,
    score: async (shuffled) => {
      if (shuffled !== null) orders.push(shuffled.order);
      return 0;
    },
  });
  expect(orders).toHaveLength(12);
  for (const order of orders) {
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(rowCount).keys()]);
  }
});
