const token =
  /[ \t\n\r]*(?:(?<mark>[{}[\],:])|(?<text>"(?:[^"\\\p{Cc}]+|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<end>$))/uy;

type Expected =
  | 'value'
  | 'first-item'
  | 'key'
  | 'first-key'
  | 'colon'
  | 'next-item'
  | 'next-key'
  | 'end';

/**
 * Finds where a text stops being JSON, because not every version of Node tells; counted in UTF-16 units from 0.
 * Call it only with a text that JSON.parse refused.
 */
export function findJsonError(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  for (;;) {
    token.lastIndex = offset;
    const groups = token.exec(text)?.groups;
    const found = groups?.mark ?? (groups?.text && 'text') ?? (groups?.scalar && 'scalar');
    const next = found === undefined ? null : step(expected, found, open);
    if (next === null) return skipSpace(text, offset);
    expected = next;
    offset = token.lastIndex;
  }
}

/** What may come after `found`; `null` when it may not stand here. Keeps `open` up to date. */
function step(expected: Expected, found: string, open: ('{' | '[')[]): Expected | null {
  const isValue = expected === 'value' || expected === 'first-item';
  if (isValue && (found === '{' || found === '[')) {
    open.push(found);
    return found === '{' ? 'first-key' : 'first-item';
  }
  if (isValue && (found === 'text' || found === 'scalar')) return afterValue(open);
  if (found === ']' && (expected === 'first-item' || expected === 'next-item')) return close(open);
  if (found === '}' && (expected === 'first-key' || expected === 'next-key')) return close(open);
  if (found === 'text' && (expected === 'first-key' || expected === 'key')) return 'colon';
  if (found === ':' && expected === 'colon') return 'value';
  if (found === ',' && expected === 'next-item') return 'value';
  if (found === ',' && expected === 'next-key') return 'key';
  return null;
}

function close(open: ('{' | '[')[]): Expected {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly ('{' | '[')[]): Expected {
  const innermost = open.at(-1);
  if (innermost === undefined) return 'end';
  return innermost === '[' ? 'next-item' : 'next-key';
}

function skipSpace(text: string, offset: number): number {
  let position = offset;
  while (' \t\n\r'.includes(text[position] ?? '-')) position += 1;
  return position;
}
