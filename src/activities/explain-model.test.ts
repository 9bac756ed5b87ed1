import { expect, test } from 'vitest';
import { toTable } from '../features/testdata/to-table.js';
import { createPredictor } from '../serving/predictor.js';
import {
  createClassifier,
  createRegressor,
  type SmallModel,
} from '../serving/testdata/small-model.js';
import { explainModel } from './explain-model.js';

const rows = 1_500;
const islands = ['Biscoe', 'Dream', 'Torgersen'];
const columns = {
  island: Array.from({ length: rows }, (_, row) => islands[(row * 7) % 3] ?? null),
  mass: Array.from({ length: rows }, (_, row) => (row % 11 === 0 ? null : 3000 + (row % 20) * 100)),
};
const signal = new AbortController().signal;

function load({ documentBytes, weightsBytes }: SmallModel) {
  return createPredictor(documentBytes, weightsBytes);
}

test('a report names each column that the model uses, the most important first', async () => {
  const predictor = load(createRegressor());
  // The target is what the model answers, so shuffling can only make it worse.
  const { predictions } = await predictor.predict(
    columns.island.map((island, row) => ({ island, mass: columns.mass[row] ?? null })),
  );
  const table = toTable({ ...columns, target: predictions.map(Number) });
  const report = await explainModel(predictor, table, signal);
  expect(report).toMatchObject({ metric: 'rmse', rows: 1_000, repeats: 3 });
  expect(report.columns.map(({ column }) => column).sort()).toEqual(['island', 'mass']);
  const increases = report.columns.map(({ increase }) => increase);
  expect(increases).toEqual([...increases].sort((a, b) => b - a));
  for (const increase of increases) expect(increase).toBeGreaterThan(0);
  expect(await explainModel(predictor, table, signal)).toEqual(report);
});

test('of classes the loss is the log loss, on all rows of a small test part', async () => {
  const few = { island: columns.island.slice(0, 90), mass: columns.mass.slice(0, 90) };
  const target = few.island.map((island) => ({ Biscoe: 'x', Dream: 'y' })[island ?? ''] ?? 'z');
  const report = await explainModel(load(createClassifier()), toTable({ ...few, target }), signal);
  expect(report).toMatchObject({ metric: 'logLoss', rows: 90 });
});

test('an abort ends it', async () => {
  const abort = new AbortController();
  abort.abort(new Error('cancelled'));
  const table = toTable({ ...columns, target: columns.mass.map(() => 12.5) });
  await expect(explainModel(load(createRegressor()), table, abort.signal)).rejects.toThrow(
    'cancelled',
  );
});
