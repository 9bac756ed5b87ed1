import { quoteName } from '../sql/quote.js';
import { toStoredForm } from '../sql/stored-form.js';

/**
 * Adds a derived column to the rows of a table expression. It has the form in which it is stored, so that a later
 * expression reads the same in training and when serving.
 *
 * @param sqlType of the bare expression
 */
export function addDerivedColumn(
  from: string,
  { name, expression, sqlType }: { name: string; expression: string; sqlType: string },
): string {
  const column = quoteName(name);
  const added = `(SELECT *, ${toScalar(expression)} AS ${column} FROM ${from})`;
  const stored = toStoredForm({ name, sqlType }, new Set());
  return stored === column ? added : `(SELECT * REPLACE (${stored}) FROM ${added})`;
}

/** The lines of its own keep a comment at the end of the expression from going on. */
export function toScalar(expression: string): string {
  return `(\n${expression}\n)`;
}
