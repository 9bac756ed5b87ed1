import { describe, expect, it } from 'vitest';
import { renderNextSteps } from './render-next-steps.js';
import { createRunDescription } from './testdata/create-run-description.js';

const places = { apiUrl: 'http://127.0.0.1:8080', uiUrl: 'http://127.0.0.1:8233/x' };

describe('renderNextSteps', () => {
  it('offers predictions after success', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'succeeded',
      model: { model: 'penguins', version: 2 },
    });
    expect(renderNextSteps(run, places)).toEqual([
      'predict:         receta predict penguins rows.json',
      'predict by HTTP: POST http://127.0.0.1:8080/v1/models/penguins:predict',
      'in Temporal:     http://127.0.0.1:8233/x',
    ]);
  });

  it('offers logs and another try after failure', () => {
    const run = createRunDescription({ runId: 'p-1', state: 'finished', outcome: 'failed' });
    expect(renderNextSteps(run, { ...places, uiUrl: null })).toEqual([
      'logs:            receta runs logs p-1',
      'try again:       receta runs retry p-1',
    ]);
  });
});
