import { expect, test } from 'vitest';
import { measureColumns } from './column-statistics.js';
import { solveRidge } from './solve-ridge.js';
import { drawData, toData } from './testdata/rows.js';

const breathe = async () => undefined;

async function solve(data: Parameters<typeof solveRidge>[0]['data'], penalty: number) {
  const statistics = await measureColumns(data, breathe);
  return solveRidge({ data, statistics, penalty, breathe });
}

test('a line through its points is found', async () => {
  const x = [
    [1, 0],
    [2, 1],
    [3, 0],
    [4, 5],
  ];
  const y = x.map(([a = 0, b = 0]) => 3 * a - 2 * b + 7);
  const model = await solve(toData(x, { y }), 1e-12);
  expect([...(model?.coefficients ?? [])]).toEqual([expect.closeTo(3, 9), expect.closeTo(-2, 9)]);
  expect(model?.intercepts[0]).toBeCloseTo(7, 9);
});

test('a penalty shrinks the coefficient of one feature by variance / (variance + penalty), not the intercept', async () => {
  // Mean 0 and variance 1, slope 2, mean of the target 5.
  const model = await solve(toData([[-1], [1]], { y: [3, 7] }), 3);
  expect(model?.coefficients[0]).toBeCloseTo(2 / 4, 12);
  expect(model?.intercepts[0]).toBeCloseTo(5, 12);
});

test('a weight counts like as many rows', async () => {
  const weighted = await solve(toData([[0], [1], [3]], { y: [1, 0, 5] }, [1, 3, 2]), 0.1);
  const x = [[0], [1], [1], [1], [3], [3]];
  const repeated = await solve(toData(x, { y: [1, 0, 0, 0, 5, 5] }), 0.1);
  expect(weighted?.coefficients[0]).toBeCloseTo(repeated?.coefficients[0] ?? 0, 12);
  expect(weighted?.intercepts[0]).toBeCloseTo(repeated?.intercepts[0] ?? 0, 12);
});

test('at the solution the gradient of the penalized loss is 0, with a constant column at 0', async () => {
  const data = drawData(333, null);
  const penalty = 0.01;
  const model = await solve(data, penalty);
  const coefficients = [...(model?.coefficients ?? [])];
  const slopes = new Array<number>(data.width + 1).fill(0);
  let weightSum = 0;
  for (let row = 0; row < data.rowCount; row += 1) {
    const own = [...data.x.subarray(row * data.width, (row + 1) * data.width), 1];
    const answer = [...coefficients, model?.intercepts[0] ?? 0].reduce(
      (sum, coefficient, index) => sum + coefficient * (own[index] ?? 0),
      0,
    );
    const weight = data.w?.[row] ?? 0;
    weightSum += weight;
    own.forEach((value, index) => {
      slopes[index] = (slopes[index] ?? 0) + weight * (answer - (data.y[row] ?? 0)) * value;
    });
  }
  slopes.forEach((slope, index) => {
    expect(slope / weightSum + penalty * (coefficients[index] ?? 0)).toBeCloseTo(0, 8);
  });
  expect(coefficients[3]).toBeCloseTo(0, 12);
});

test('equal columns share their coefficient; without a penalty they have no unique solution', async () => {
  const data = toData(
    [
      [-1, -1],
      [1, 1],
    ],
    { y: [-2, 2] },
  );
  const shared = await solve(data, 1);
  expect(shared?.coefficients[0]).toBeCloseTo(2 / 3, 12);
  expect(shared?.coefficients[1]).toBeCloseTo(2 / 3, 12);
  expect(await solve(data, 0)).toBeNull();
});
