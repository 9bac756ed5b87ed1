import { expect, it } from 'vitest';
import { renderImportance } from './render-importance.js';

it('lists parameters of each model, the most important ones first', () => {
  const importance = {
    lightgbm: { leaves: 0.274, learningRate: 0.724, 'features.scale': 0.002 },
    mlp: { layers: 1, dropout: 0 },
  };
  expect(renderImportance(importance)).toEqual([
    'model     parameter       importance',
    'lightgbm  learningRate          72 %',
    '          leaves                27 %',
    '          features.scale        <1 %',
    'mlp       layers               100 %',
    '          dropout                0 %',
  ]);
});

it('is empty where nothing was measured', () => {
  expect(renderImportance({})).toEqual([]);
});
