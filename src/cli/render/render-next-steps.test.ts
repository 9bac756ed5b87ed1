import { describe, expect, it } from 'vitest';
import { renderNextSteps } from './render-next-steps.js';
import { createRunDescription } from './testdata/create-run-description.js';

const api = { url: 'http://127.0.0.1:8080', key: null };
const places = { api, uiUrl: 'http://127.0.0.1:8233/x' };
const row = { island: 'Dream', mass: 4050 };

describe('renderNextSteps', () => {
  it('offers predictions after success', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'succeeded',
      model: { model: 'penguins', version: 2 },
    });
    expect(renderNextSteps(run, places, { row, alias: 'champion' })).toEqual([
      `predict:         receta predict penguins --row '{"island":"Dream","mass":4050}'`,
      `by HTTP:         curl -s http://127.0.0.1:8080/v1/models/penguins:predict -H 'content-type: application/json' -d '{"instances":[{"island":"Dream","mass":4050}]}'`,
      'in Temporal:     http://127.0.0.1:8233/x',
    ]);
  });

  it('names the alias that the pipeline moves, unless predictions mean it anyway', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'succeeded',
      model: { model: 'penguins', version: 2 },
    });
    const [predict, byHttp] = renderNextSteps(run, places, { row, alias: 'trial' });
    expect(predict).toContain('receta predict penguins --alias trial --row ');
    expect(byHttp).toContain('/v1/models/penguins/labels/trial:predict');
  });

  it('does not fill the screen with a row of very many columns', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'succeeded',
      model: { model: 'wide', version: 1 },
    });
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`c${index}`, 0.5]));
    expect(renderNextSteps(run, places, { row: wide, alias: 'champion' })).toEqual([
      'predict:         receta predict wide rows.json   (a row has 500 columns)',
      'in Temporal:     http://127.0.0.1:8233/x',
    ]);
  });

  it('offers logs and another try after failure', () => {
    const run = createRunDescription({ runId: 'p-1', state: 'finished', outcome: 'failed' });
    expect(renderNextSteps(run, { ...places, uiUrl: null }, null)).toEqual([
      'logs:            receta runs logs p-1',
      'try again:       receta runs retry p-1',
    ]);
  });
});
