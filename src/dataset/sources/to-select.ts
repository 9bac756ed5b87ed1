const quotedName = /^"(?:[^"]|"")+"$/;

/**
 * The one SELECT that a source's `query` means: a query as it is without a semicolon at its end, or everything of a
 * table, whose name (with its schema before a dot) is taken as it is written. A name with blanks or dots is quoted.
 */
export function toSelect(query: string): string {
  const text = query.trim().replace(/(\s*;)+$/, '');
  if (quotedName.test(text)) return `SELECT * FROM ${text}`;
  if (/\s/.test(text)) return text;
  const parts = text.split('.').map((part) => `"${part.replaceAll('"', '""')}"`);
  return `SELECT * FROM ${parts.join('.')}`;
}

/** How messages name what is read: a table by its name, a query as such. */
export function describeQuery(query: string): string {
  const text = query.trim();
  return quotedName.test(text) || !/\s/.test(text) ? text : 'query';
}
