import { expect, test } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import { type CalibrationQuestion, chooseCalibration } from './choose-calibration.js';

const auto: CalibrationQuestion = {
  ...{ plan: 'auto', objective: 'logLoss', classWeights: 'none', seed: 7 },
};

/**
 * Rows of a known truth: the probability of the second class is drawn evenly, the target by it, and the model says
 * what `say` makes of it.
 */
function drawRows(count: number, say: (truth: number) => number) {
  const random = createRandomStream(11, 0);
  const truths = Array.from({ length: count }, () => random());
  return {
    probabilities: Float32Array.from(truths.flatMap((truth) => [1 - say(truth), say(truth)])),
    targets: Int32Array.from(truths, (truth) => (random() < truth ? 1 : 0)),
    weights: null,
    classCount: 2,
  };
}

const sharpen = (truth: number): number => truth ** 3 / (truth ** 3 + (1 - truth) ** 3);

test('probabilities that are right already stay as they are', () => {
  const choice = chooseCalibration(
    drawRows(4_000, (truth) => truth),
    auto,
  );
  expect(choice).toMatchObject({ calibration: null, warning: null });
  // The log loss of a truth drawn evenly is 1/2.
  expect(choice.logLosses.none).toBeCloseTo(0.5, 1);
});

test('too certain a model gets the temperature that undoes it', () => {
  const { calibration, logLosses } = chooseCalibration(drawRows(4_000, sharpen), auto);
  expect(calibration).toEqual({ kind: 'temperature', temperature: expect.closeTo(3, 0) });
  expect(logLosses.temperature).toBeLessThan(logLosses.none ?? 0);
});

test('a shift, which no temperature undoes, is undone by a curve', () => {
  const { calibration } = chooseCalibration(
    drawRows(4_000, (truth) => truth ** 3),
    auto,
  );
  expect(calibration?.kind).toBe('isotonic');
});

test.each([
  ['judged by their order', { ...auto, objective: 'rocAuc' as const }],
  ['balanced on purpose', { ...auto, classWeights: 'balanced' as const }],
])('no curve is tried on probabilities %s', (_, question) => {
  const { logLosses } = chooseCalibration(
    drawRows(4_000, (truth) => truth ** 3),
    question,
  );
  expect(Object.keys(logLosses)).toEqual(['none', 'temperature']);
});

test('a few rows are not calibrated on', () => {
  expect(chooseCalibration(drawRows(40, sharpen), auto)).toEqual({
    ...{ calibration: null, logLosses: {}, warning: null },
  });
});

test('what the plan names is done without a comparison', () => {
  const rows = drawRows(100, sharpen);
  for (const plan of ['temperature', 'isotonic'] as const) {
    expect(chooseCalibration(rows, { ...auto, plan }).calibration?.kind).toBe(plan);
  }
  expect(chooseCalibration(rows, { ...auto, plan: 'none' }).calibration).toBeNull();
});

test('a curve for three classes is refused with a warning', () => {
  const rows = {
    ...{ probabilities: Float32Array.of(0.2, 0.3, 0.5), targets: Int32Array.of(2) },
    ...{ weights: null, classCount: 3 },
  };
  const choice = chooseCalibration(rows, { ...auto, plan: 'isotonic' });
  expect(choice).toMatchObject({ calibration: null, warning: expect.stringMatching(/has 3/) });
});

test('the same seed chooses the same, and rows of weight 0 change nothing', () => {
  const rows = drawRows(500, sharpen);
  const padded = {
    probabilities: Float32Array.of(...rows.probabilities, 1, 0),
    targets: Int32Array.of(...rows.targets, 1),
    weights: new Float32Array(501).fill(1, 0, 500),
    classCount: 2,
  };
  expect(chooseCalibration(padded, auto)).toEqual(chooseCalibration(rows, auto));
});

test('of very many rows every so many are enough', () => {
  const rows = drawRows(600_001, sharpen);
  const { calibration } = chooseCalibration(rows, { ...auto, plan: 'temperature' });
  expect(calibration).toEqual({ kind: 'temperature', temperature: expect.closeTo(3, 1) });
});
