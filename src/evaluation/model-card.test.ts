import { expect, test } from 'vitest';
import { evaluateClassification } from './evaluate-classification.js';
import { evaluateRegression } from './evaluate-regression.js';
import type { ImportanceReport } from './evaluation-report.js';
import { writeModelCard } from './model-card.js';
import type { CardMember, ModelCardFacts } from './model-card-facts.js';

const member: CardMember = {
  model: 'lightgbm',
  trial: 3,
  fold: 0,
  weight: 0.75,
  parameters: { leaves: 31, learningRate: 0.05 },
  backend: { name: 'lightgbm', versions: { lightgbm: '4.7.0' }, threads: 1 },
  title: 'Boosted trees.',
  source: 'LightGBM, 2017',
  importance: { 'bill|length': 0.25, island: 0.75 },
};
const linear: CardMember = {
  ...member,
  model: 'linear',
  trial: null,
  weight: 0.25,
  parameters: {},
  backend: { name: 'receta', versions: {}, threads: 1 },
  title: 'A line.',
  source: 'ridge regression',
  importance: null,
};
const importance: ImportanceReport = {
  metric: 'rmse',
  rows: 4,
  repeats: 3,
  columns: [
    { column: 'bill|length', increase: 1.23456, deviation: 0.1 },
    { column: 'island', increase: -0.00001, deviation: 0 },
  ],
};
const target = {
  task: 'regression',
  name: 'mass_g',
  transform: 'log',
  min: 2700,
  max: 6300,
  ...{ trainMean: 4200, trainMedian: 4050 },
} as const;
const numbers = Float64Array.of(3000, 4000, 5000, 6000);
const regression: ModelCardFacts = {
  modelSha256: 'a'.repeat(64),
  testSha256: 'b'.repeat(64),
  target,
  kind: 'ensemble',
  calibration: 'none',
  value: 0.123456,
  members: [member, linear],
  inputs: [
    { name: 'bill|length', kind: 'number', required: true },
    { name: 'id', kind: 'text', required: false },
  ],
  derived: [{ name: 'ratio', expression: 'a * b' }],
  report: {
    ...evaluateRegression({ predictions: numbers, targets: numbers, target, seed: 0 }),
    importance,
  },
};

test('a card tells what answers, by whom it was trained and how well', () => {
  const card = writeModelCard(regression);
  for (const line of [
    '# Model card: mass\\_g',
    'It answers the number mass\\_g, between 2700 and 6300, learned after the transform log.',
    '| lightgbm | 75 % | 3 | 0 | lightgbm 4.7.0 | leaves 31, learningRate 0.05 |',
    '| linear | 25 % | after the study | 0 | receta |  |',
    '- lightgbm: Boosted trees. Source: LightGBM, 2017.',
    '| rmse | 0 | 0 to 0 | 1205 |',
    '| bill\\|length | 1.235 ± 0.1 |',
    '- lightgbm (trial 3, fold 0): island 75 %, bill\\|length 25 %',
    '- A row holds: bill\\|length (number).',
    '- It may hold, and they are not looked at: id (text).',
    '- Computed: ratio = a \\* b',
    '- It never answers less than 2700 or more than 6300, the range of its train part.',
  ]) {
    expect(card).toContain(line);
  }
  expect(card).toContain('Objective on validation rows: 0.1235, lower is better.');
});

test('equal facts give equal text', () => {
  expect(writeModelCard({ ...regression })).toBe(writeModelCard(regression));
});

test('of classes a card names what is uncertain', () => {
  const classes = ['Adelie', 'Gentoo'];
  const priors = [0.75, 0.25];
  const targets = Int32Array.of(0, 0, 0, 1);
  const probabilities = Float32Array.of(0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4);
  const card = writeModelCard({
    ...regression,
    target: { task: 'classification', name: 'species', classes, priors },
    kind: 'single',
    calibration: 'temperature',
    report: {
      ...evaluateClassification({ probabilities, targets, target: { classes, priors }, seed: 0 }),
      importance: { ...importance, metric: 'logLoss' },
    },
  });
  for (const line of [
    'It answers one of 2 classes of species, with probabilities: Adelie, Gentoo.',
    'One trained model answers. Its probabilities are calibrated (temperature).',
    '| Adelie | 3 | 0.75 | 1 | 0.8571 |',
    '- It knows no other classes than these; the rarest, Gentoo, has 25 % of the train part.',
    '- It is not surely better than the dummy by accuracy,',
    '- Scores of classes with few test rows are uncertain: Adelie (3), Gentoo (1).',
  ]) {
    expect(card).toContain(line);
  }
});

test('a name cannot break the form of a card', () => {
  const name = 'a\n| <b> `c`';
  const card = writeModelCard({
    ...regression,
    inputs: [{ name, kind: 'number', required: true }],
  });
  expect(card).toContain('- A row holds: a \\| \\<b\\> \\`c\\` (number).');
});
