import { quoteText } from '../sql/quote.js';

/** A text as a SQL expression. NUL goes by its number, because a statement ends there. */
export function toTextLiteral(text: string): string {
  return `(${text.split('\0').map(quoteText).join(' || chr(0) || ')})`;
}

/** A finite number as a SQL expression. */
export function toNumberLiteral(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
