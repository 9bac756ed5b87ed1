import { type Problem, RecetaError } from '../contract/errors.js';
import type { RawRow } from '../features/column-table.js';

export interface PredictRequest {
  readonly rows: readonly RawRow[];
  /** `instances` for the row form, answered as `predictions`; `inputs` for the column form, as `outputs`. */
  readonly form: 'instances' | 'inputs';
  readonly probabilities: boolean;
}

type RawValue = RawRow[string];

const maxRowsPerRequest = 10_000;
const reportedProblems = 100;
const knownKeys = new Set(['instances', 'inputs', 'probabilities', 'signature_name']);
const example = 'Send {"instances": [{"age": 31}]} or {"inputs": {"age": [31]}}.';

/**
 * Reads the JSON body of a prediction request in the row or column form of TensorFlow Serving's REST API
 * (https://www.tensorflow.org/tfx/serving/api_rest), with `probabilities: true` as an addition. Only the shape is
 * checked here; columns and their types are the model's.
 *
 * @throws RecetaError `prediction-input-invalid` listing all problems (at most 100) with paths such as
 *   `instances[3].island`
 */
export function decodePredictRequest(body: unknown): PredictRequest {
  if (!isRecord(body)) throw invalid([{ message: 'the body must be a JSON object' }]);
  const problems: Problem[] = Object.keys(body)
    .filter((key) => !knownKeys.has(key))
    .map((key) => ({ path: key, message: `${key} is not a field of a prediction request` }));
  const { instances, inputs, probabilities = false, signature_name: signature } = body;
  if (typeof probabilities !== 'boolean') {
    problems.push({ path: 'probabilities', message: 'probabilities must be true or false' });
  }
  if (signature !== undefined && signature !== 'serving_default') {
    problems.push({
      path: 'signature_name',
      message: 'signature_name can only be serving_default',
    });
  }
  if ((instances === undefined) === (inputs === undefined)) {
    problems.push({ message: 'the body must have either instances or inputs' });
    throw invalid(problems);
  }
  const form = instances === undefined ? 'inputs' : 'instances';
  const rows = form === 'instances' ? readRows(instances, problems) : readColumns(inputs, problems);
  if (problems.length > 0) throw invalid(problems);
  return { rows, form, probabilities: probabilities === true };
}

function readRows(instances: unknown, problems: Problem[]): RawRow[] {
  if (!Array.isArray(instances)) {
    problems.push({ path: 'instances', message: 'instances must be a list of rows' });
    return [];
  }
  if (!isRowCountAllowed(instances.length, 'instances', problems)) return [];
  return instances.map((instance: unknown, index) => {
    const path = `instances[${index}]`;
    if (!isRecord(instance)) {
      problems.push({ path, message: `${path} must be an object of column values` });
      return {};
    }
    const row = createRow();
    for (const [name, value] of Object.entries(instance)) {
      setValue(row, name, value, `${path}.${name}`, problems);
    }
    return row;
  });
}

function readColumns(inputs: unknown, problems: Problem[]): RawRow[] {
  if (!isRecord(inputs)) {
    problems.push({ path: 'inputs', message: 'inputs must be an object of columns' });
    return [];
  }
  const columns = Object.entries(inputs).filter((entry): entry is [string, unknown[]] => {
    if (Array.isArray(entry[1])) return true;
    const path = `inputs.${entry[0]}`;
    problems.push({ path, message: `${path} must be a list with one value a row` });
    return false;
  });
  const rowCount = columns[0]?.[1].length ?? 0;
  if (!isRowCountAllowed(rowCount, 'inputs', problems)) return [];
  const rows = Array.from({ length: rowCount }, createRow);
  for (const [name, values] of columns) {
    const path = `inputs.${name}`;
    if (values.length !== rowCount) {
      const message = `${path} has ${values.length} values, the first column has ${rowCount}`;
      problems.push({ path, message });
      continue;
    }
    for (const [index, row] of rows.entries()) {
      setValue(row, name, values[index], `${path}[${index}]`, problems);
    }
  }
  return rows;
}

function isRowCountAllowed(rowCount: number, path: string, problems: Problem[]): boolean {
  if (rowCount <= maxRowsPerRequest) return true;
  const message = `${path} holds ${rowCount} rows; at most ${maxRowsPerRequest} are answered in one request`;
  problems.push({ path, message });
  return false;
}

/** Without a prototype, so that a missing column named like a method of objects stays missing. */
function createRow(): Record<string, RawValue> {
  return Object.create(null) as Record<string, RawValue>;
}

function setValue(
  row: Record<string, RawValue>,
  name: string,
  value: unknown,
  path: string,
  problems: Problem[],
): void {
  if (name === '__proto__') {
    problems.push({ path, message: `${path} is not a name that a column can have` });
  } else if (isRawValue(value)) {
    row[name] = value;
  } else {
    const message = `${path} must be a number, a text, true, false or null`;
    problems.push({ path, message });
  }
}

function isRawValue(value: unknown): value is RawValue {
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problems: readonly Problem[]): RecetaError {
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return new RecetaError(
    'prediction-input-invalid',
    `Reading a prediction request: ${problems[0]?.message}${others}. ${example}`,
    { problems: problems.slice(0, reportedProblems) },
  );
}
