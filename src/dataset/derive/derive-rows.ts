import { type DuckDBPreparedStatement, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { type Problem, RecetaError } from '../../contract/errors.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { toColumnKind } from '../column-kind.js';
import { toJsonForm } from '../sql/json-form.js';
import { quoteName } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { toSqlError } from '../sql/sql-error.js';
import { checkDerived } from './check-derived.js';
import { addDerivedColumn } from './derived-column.js';
import type { FunctionCatalog } from './function-catalog.js';
import { toCastText } from './row-text.js';

type Typed = DerivedColumn['inputs'][number];
type RawValue = RawRow[string];

/** Values of raw columns, one list a column. */
export type RawColumns = readonly (readonly (RawValue | undefined)[])[];

const reportedProblems = 100;
/** Texts longer than this are cut in messages. */
const shownLetters = 40;

/** Columns that must be sent for derived ones to be computed, in the order of `DeriveStatement.run`. */
export function rawInputsOf(columns: readonly DerivedColumn[]): readonly Typed[] {
  const computed = new Set(columns.map(({ name }) => name));
  const inputs = new Map<string, Typed>();
  for (const column of columns) {
    for (const input of column.inputs) {
      if (!computed.has(input.name) && !inputs.has(input.name)) inputs.set(input.name, input);
    }
  }
  return [...inputs.values()];
}

/** Derived columns, checked and prepared once. */
export class DeriveStatement {
  readonly #columns: readonly DerivedColumn[];
  readonly #inputs: readonly Typed[];
  readonly #statement: DuckDBPreparedStatement;

  private constructor(
    columns: readonly DerivedColumn[],
    inputs: readonly Typed[],
    statement: DuckDBPreparedStatement,
  ) {
    this.#columns = columns;
    this.#inputs = inputs;
    this.#statement = statement;
  }

  /** @throws RecetaError `model-invalid` for a column that this engine would not compute as it was */
  static async prepare(
    session: SqlSession,
    columns: readonly DerivedColumn[],
    functions: FunctionCatalog,
  ): Promise<DeriveStatement> {
    const inputs = rawInputsOf(columns);
    const texts = inputs.map((_, index) => `unnest($${index + 2}) AS t${index}`);
    const casts = inputs.map(
      ({ name, sqlType }, index) => `${toCast(`t${index}`, sqlType)} AS ${quoteName(name)}`,
    );
    // The first list only counts the rows: there may be no inputs.
    let from = `(SELECT ${['i AS "receta row"', ...casts].join(', ')} FROM (SELECT ${['unnest($1) AS i', ...texts].join(', ')}))`;
    const known = [...inputs];
    for (const column of columns) {
      const context = { columns: known, target: null, functions };
      const checked = await checkDerived(session, column, context).catch((error: unknown) => {
        throw toModelError(column, error);
      });
      if (checked.column.sqlType !== column.sqlType) {
        const found = new Error(`its values are ${checked.column.sqlType}, not ${column.sqlType}`);
        throw toModelError(column, found);
      }
      from = addDerivedColumn(from, { ...column, sqlType: checked.bareType });
      known.push(checked.column);
    }
    const selected = [
      ...columns.map(toAnswerForm),
      ...inputs.map(({ name }) => `${quoteName(name)} IS NULL`),
    ];
    const statement = await session.connection.prepare(
      `SELECT ${selected.join(', ')} FROM ${from}`,
    );
    return new DeriveStatement(columns, inputs, statement);
  }

  /**
   * @param raw values of `rawInputsOf`, in its order
   * @param path of the list of rows, for the paths of problems
   * @returns values of the derived columns, one list a row
   * @throws RecetaError `prediction-input-invalid` with the problems of all rows (at most 100 are listed)
   */
  async run(
    raw: RawColumns,
    rowCount: number,
    path: string,
  ): Promise<readonly (readonly RawValue[])[]> {
    const problems: Problem[] = [];
    const texts = this.#inputs.map(({ name, sqlType }, index) =>
      Array.from({ length: rowCount }, (_, row) => {
        const value = raw[index]?.[row];
        const text = toCastText(value, sqlType);
        if (text === undefined) problems.push(toProblem(`${path}[${row}].${name}`, sqlType, value));
        return text ?? null;
      }),
    );
    assertNoProblem(problems);
    const answers = await this.#compute(texts, rowCount, path);
    for (const [row, answer] of answers.entries()) {
      for (const [index, { name, sqlType }] of this.#inputs.entries()) {
        const isNull = answer[this.#columns.length + index];
        if (isNull !== true || texts[index]?.[row] === null) continue;
        problems.push(toProblem(`${path}[${row}].${name}`, sqlType, raw[index]?.[row]));
      }
      for (const [index, { name }] of this.#columns.entries()) {
        const value = answer[index];
        if (typeof value !== 'number' || Number.isFinite(value)) continue;
        const message = `${path}[${row}]: the derived column ${name} is infinite for this row`;
        problems.push({ path: `${path}[${row}]`, message });
      }
    }
    assertNoProblem(problems);
    return answers.map((answer) => answer.slice(0, this.#columns.length));
  }

  /** Values and input flags a row; halves the rows until the one is found for which an expression fails. */
  async #compute(
    texts: readonly (readonly (string | null)[])[],
    rowCount: number,
    path: string,
    first = 0,
  ): Promise<readonly (readonly RawValue[])[]> {
    try {
      this.#statement.bindList(1, listValue(new Array(rowCount).fill(null)), LIST(VARCHAR));
      for (const [index, column] of texts.entries()) {
        this.#statement.bindList(index + 2, listValue([...column]), LIST(VARCHAR));
      }
      const result = await this.#statement.run();
      return (await result.getRowsJS()) as RawValue[][];
    } catch (thrown) {
      const error = toSqlError(thrown);
      if (error.code !== 'sql-invalid') throw error;
      if (rowCount > 1) {
        const middle = Math.ceil(rowCount / 2);
        const part = (from: number, to: number) =>
          this.#compute(
            texts.map((column) => column.slice(from, to)),
            to - from,
            path,
            first + from,
          );
        return [...(await part(0, middle)), ...(await part(middle, rowCount))];
      }
      const found = error.problems[0]?.message ?? error.message;
      const message = `${path}[${first}]: a derived column cannot be computed for this row: ${found}`;
      throw invalid([{ path: `${path}[${first}]`, message }]);
    }
  }
}

/** A time with an offset is that moment in UTC; a cast to TIMESTAMP alone would drop the offset. */
function toCast(text: string, sqlType: string): string {
  if (toColumnKind(sqlType) !== 'datetime') return `TRY_CAST(${text} AS ${sqlType})`;
  return `TRY_CAST(TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP) AS ${sqlType})`;
}

function toAnswerForm({ name, sqlType }: DerivedColumn): string {
  const kind = toColumnKind(sqlType) ?? 'text';
  // An infinity is a problem to be told, not a missing value.
  return kind === 'number' ? `${quoteName(name)}::DOUBLE` : toJsonForm({ name, sqlType, kind });
}

function toProblem(path: string, sqlType: string, value: RawValue | undefined): Problem {
  if (value === undefined)
    return { path, message: `${path} is missing; send null when it is not known` };
  const shown = JSON.stringify(value);
  const cut = shown.length > shownLetters ? `${shown.slice(0, shownLetters)}…` : shown;
  return { path, message: `${path} must be a value of the type ${sqlType}, but is ${cut}` };
}

function assertNoProblem(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalid(problems);
}

function invalid(problems: readonly Problem[]): RecetaError {
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return new RecetaError(
    'prediction-input-invalid',
    `Predicting: ${problems[0]?.message}${others}`,
    { problems: problems.slice(0, reportedProblems) },
  );
}

function toModelError({ name }: DerivedColumn, error: unknown): RecetaError {
  const found = error instanceof Error ? error.message : String(error);
  return new RecetaError(
    'model-invalid',
    `A model's derived column '${name}' cannot be computed by this engine (${found}). Train the model again.`,
    { cause: error },
  );
}
