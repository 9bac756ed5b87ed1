import { RecetaError } from '../../contract/errors.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { DerivePlan } from '../../contract/pipeline-plan.js';
import { toColumnKind } from '../column-kind.js';
import { parseSelect } from '../sql/parse-select.js';
import { quoteName } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { toSqlError } from '../sql/sql-error.js';
import { toStoredForm } from '../sql/stored-form.js';
import { type TextPlace, toPlace } from '../sql/text-place.js';
import { toScalar } from './derived-column.js';
import type { FunctionCatalog } from './function-catalog.js';
import { readExpression } from './read-expression.js';

type Typed = DerivedColumn['inputs'][number];

/** A derived column that is known to be computable from one row. */
export interface CheckedColumn {
  readonly column: DerivedColumn;
  /** Of the bare expression; that of `column` is the stored form's. */
  readonly bareType: string;
}

/**
 * Checks that an expression is computed from one row alone, and finds its type.
 *
 * @param columns of the table, earlier derived ones among them
 * @param target column that it may not read; `null`: none
 * @throws RecetaError `sql-invalid` with the path `derive.<name>` and the place in the expression
 */
export async function checkDerived(
  session: SqlSession,
  plan: DerivePlan,
  context: {
    readonly columns: readonly Typed[];
    readonly target: string | null;
    readonly functions: FunctionCatalog;
  },
): Promise<CheckedColumn> {
  const { name, expression } = plan;
  const { columns, target, functions } = context;
  const taken = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) {
    throw refuseDerived(name, `the table has a column '${taken.name}' already; take another name`);
  }
  if (expression.includes('\0')) throw refuseDerived(name, 'it holds a NUL character');
  const text = `SELECT ${toScalar(expression)}`;
  const parsed = await parseSelect(session, text);
  if (!parsed.ok) throw toSyntaxError(plan, text, parsed);
  const [select, ...others] = parsed.selects;
  if (select === undefined || others.length > 0)
    throw refuseDerived(name, 'it is not one expression');
  const names = columns.map((column) => column.name);
  const reading = readExpression(select, names, functions);
  if (!reading.ok) throw refuseDerived(name, reading.message, placeIn(text, reading.offset));
  if (target !== null && reading.columns.includes(target)) {
    throw refuseDerived(
      name,
      `it reads the target '${target}', which nobody knows when predicting`,
    );
  }
  const inputs = columns
    .filter((column) => reading.columns.includes(column.name))
    .map((column) => ({ name: column.name, sqlType: column.sqlType }));
  const bareType = await typeOf(session, plan, inputs);
  const sqlType = await storedTypeOf(session, name, bareType);
  return { column: { name, expression, sqlType, inputs }, bareType };
}

/** The error for an expression that cannot be a derived column. */
export function refuseDerived(
  name: string,
  found: string,
  place: Partial<TextPlace> = {},
  cause?: unknown,
): RecetaError {
  const where = place.line === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return new RecetaError(
    'sql-invalid',
    `The derived column '${name}' was refused${where}; it must be one SQL expression over the columns of its row: ${found}`,
    { cause, problems: [{ message: found, path: `derive.${name}`, ...place }] },
  );
}

/** A row of missing values that has the columns an expression reads. */
function toTypedRow(inputs: readonly Typed[]): string {
  const values = inputs.map(({ name, sqlType }) => `NULL::${sqlType} AS ${quoteName(name)}`);
  return values.length === 0 ? '(SELECT 1)' : `(SELECT ${values.join(', ')})`;
}

async function typeOf(
  session: SqlSession,
  { name, expression }: DerivePlan,
  inputs: readonly Typed[],
): Promise<string> {
  try {
    const [found] = await session.rows<{ column_type: string }>(
      `DESCRIBE SELECT ${toScalar(expression)} AS x FROM ${toTypedRow(inputs)}`,
    );
    return found?.column_type ?? '';
  } catch (thrown) {
    const error = toSqlError(thrown);
    if (error.code !== 'sql-invalid') throw error;
    const { message, line, column } = error.problems[0] ?? { message: error.message };
    // The expression begins in the second line of the statement.
    const place = line === undefined || column === undefined ? {} : { line: line - 1, column };
    throw refuseDerived(name, message, place, error);
  }
}

async function storedTypeOf(session: SqlSession, name: string, bareType: string): Promise<string> {
  const isLearnable = toColumnKind(bareType) !== null || bareType === '"NULL"';
  if (!isLearnable) {
    throw refuseDerived(
      name,
      `its values have the type ${bareType}; cast them to numbers, booleans, dates or text`,
    );
  }
  const stored = toStoredForm({ name, sqlType: bareType }, new Set());
  const [found] = await session.rows<{ column_type: string }>(
    `DESCRIBE SELECT ${stored} FROM ${toTypedRow([{ name, sqlType: bareType }])}`,
  );
  return found?.column_type ?? '';
}

function toSyntaxError(
  { name, expression }: DerivePlan,
  text: string,
  { message, offset }: { readonly message: string; readonly offset: number | null },
): RecetaError {
  const place = placeIn(text, offset);
  const isAfter = (place.line ?? 0) > expression.split('\n').length;
  return isAfter ? refuseDerived(name, 'it ends too early') : refuseDerived(name, message, place);
}

function placeIn(text: string, offset: number | null): Partial<TextPlace> {
  if (offset === null) return {};
  const { line, column } = toPlace(text, offset);
  // The expression begins in the second line of the statement.
  return line < 2 ? {} : { line: line - 1, column };
}
