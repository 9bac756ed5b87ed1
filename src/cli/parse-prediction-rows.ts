import { RecetaError } from '../contract/errors.js';

/** Rows of a prediction request, each a JSON object; what is in them is checked by the service. */
export type PredictionRows = readonly Readonly<Record<string, unknown>>[];

/**
 * Reads rows from JSON: one object, an array of objects, or `{"instances": [...]}` as the HTTP API takes it.
 *
 * @throws RecetaError `prediction-input-invalid`
 */
export function parsePredictionRows(text: string, origin: string): PredictionRows {
  const rows = toRows(parseJson(text, origin));
  if (rows.length === 0) throw invalid(origin, 'it holds no rows');
  const wrong = rows.findIndex((row) => !isObject(row));
  if (wrong >= 0) throw invalid(origin, `row ${wrong} is not a JSON object`);
  return rows as PredictionRows;
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(origin, `it is not JSON (${error instanceof Error ? error.message : error})`);
  }
}

function toRows(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value) && Array.isArray(value.instances)) return value.instances;
  return [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(origin: string, found: string): RecetaError {
  return new RecetaError(
    'prediction-input-invalid',
    `cannot read rows from ${origin}: ${found}; give an object a row, such as {"island": "Dream"}, or an array of them`,
  );
}
