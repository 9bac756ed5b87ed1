/** Opened braces and brackets, innermost last. */
type Open = ('{' | '[')[];

type Expected =
  | 'value'
  | 'first-item'
  | 'key'
  | 'first-key'
  | 'colon'
  | 'next-item'
  | 'next-key'
  | 'end';

type Token = '{' | '[' | '}' | ']' | ':' | ',' | 'text' | 'scalar';

// Each character can match in one way only, so a text that never closes a quote costs linear time.
const tokenPattern =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold no control characters
  /[ \t\n\r]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001f]*)*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** What may follow each token where it may stand; braces, brackets and values depend on what is open. */
const followers: Readonly<
  Record<Expected, Partial<Record<Token, Expected | 'open' | 'close' | 'value-end'>>>
> = {
  value: { '{': 'open', '[': 'open', text: 'value-end', scalar: 'value-end' },
  'first-item': {
    '{': 'open',
    '[': 'open',
    ']': 'close',
    text: 'value-end',
    scalar: 'value-end',
  },
  key: { text: 'colon' },
  'first-key': { text: 'colon', '}': 'close' },
  colon: { ':': 'value' },
  'next-item': { ',': 'value', ']': 'close' },
  'next-key': { ',': 'key', '}': 'close' },
  end: {},
};

/**
 * Finds where a text stops being JSON, because not every version of Node tells; counted in UTF-16 units from 0.
 * Call it only with a text that JSON.parse refused.
 */
export function findJsonError(text: string): number {
  const open: Open = [];
  let expected: Expected = 'value';
  let offset = 0;
  for (;;) {
    tokenPattern.lastIndex = offset;
    const match = tokenPattern.exec(text);
    const next: Expected | null = match === null ? null : follow(expected, toToken(match), open);
    if (next === null) return skipSpace(text, offset);
    expected = next;
    offset = tokenPattern.lastIndex;
  }
}

function toToken(match: RegExpExecArray): Token {
  if (match[1] !== undefined) return match[1] as Token;
  return match[2] === undefined ? 'scalar' : 'text';
}

/** What may come after `token`; `null` when it may not stand here. Keeps `open` up to date. */
function follow(expected: Expected, token: Token, open: Open): Expected | null {
  const follower = followers[expected][token];
  if (follower === undefined) return null;
  if (follower === 'open') {
    open.push(token === '{' ? '{' : '[');
    return token === '{' ? 'first-key' : 'first-item';
  }
  if (follower === 'close') open.pop();
  else if (follower !== 'value-end') return follower;
  const innermost = open.at(-1);
  if (innermost === undefined) return 'end';
  return innermost === '[' ? 'next-item' : 'next-key';
}

function skipSpace(text: string, offset: number): number {
  let position = offset;
  while (' \t\n\r'.includes(text[position] ?? '-')) position += 1;
  return position;
}
