import { describe, expect, it } from 'vitest';
import { parsePredictionRows } from './parse-prediction-rows.js';

describe('parsePredictionRows', () => {
  it.each([
    ['one object', '{"a": 1}'],
    ['an array', '[{"a": 1}]'],
    ['a request body', '{"instances": [{"a": 1}]}'],
  ])('takes %s', (_, text) => {
    expect(parsePredictionRows(text, '--row')).toEqual([{ a: 1 }]);
  });

  it.each([
    ['not JSON', '{"a": 1', /^cannot read rows from rows\.json: it is not JSON/],
    ['no rows', '[]', /it holds no rows/],
    ['rows that are no objects', '[{"a": 1}, 2]', /row 1 is not a JSON object/],
    ['a bare number', '3', /row 0 is not a JSON object/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePredictionRows(text, 'rows.json')).toThrow(message);
    expect(() => parsePredictionRows(text, 'rows.json')).toThrow(
      expect.objectContaining({ code: 'prediction-input-invalid' }),
    );
  });
});
