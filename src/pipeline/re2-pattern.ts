/** Says why RE2 refuses a pattern, for mistakes that are usual; `null`: none was found. */
export function describeBadPattern(pattern: string): string | null {
  const plain = pattern
    .replace(/\\[\\[\](){}]/g, '')
    .replace(/\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/g, 'x');
  if (/\(\?(?:[=!]|<[=!])/.test(plain)) return 'looks ahead or behind, which RE2 cannot';
  if (/\\[1-9]/.test(plain)) return 'refers back to a group, which RE2 cannot';
  if (/^(?:[*+?]|\{\d)/.test(plain)) return 'begins with a repetition of nothing';
  if (plain.includes('[')) return 'has a "[" that is not closed';
  let depth = 0;
  for (const character of plain) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth < 0) break;
  }
  if (depth === 0) return null;
  return depth < 0 ? 'has a ")" too many' : 'has a "(" that is not closed';
}
