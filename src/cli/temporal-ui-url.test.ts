import { expect, it } from 'vitest';
import { toTemporalUiUrl } from './temporal-ui-url.js';

it('toTemporalUiUrl points to the page of the run, whatever ends the base', () => {
  const page = 'http://127.0.0.1:8233/namespaces/default/workflows/penguins-1';
  expect(toTemporalUiUrl('http://127.0.0.1:8233', 'default', 'penguins-1')).toBe(page);
  expect(toTemporalUiUrl('http://127.0.0.1:8233/', 'default', 'penguins-1')).toBe(page);
});
