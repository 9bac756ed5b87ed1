const known = new Set('Y y m d H I M S f p b B a A z %'.split(' '));

/** Says why a strptime pattern cannot tell a day; `null`: it can. */
export function describeBadStrptime(pattern: string): string | null {
  const specifiers = [...pattern.matchAll(/%-?(.|$)/gsu)].map(([, letter = '']) => letter);
  const unknown = specifiers.find((letter) => !known.has(letter));
  if (unknown !== undefined) {
    return `has %${unknown}, which is not known; known are ${[...known].map((letter) => `%${letter}`).join(' ')}`;
  }
  const missing = [
    ['year (%Y or %y)', 'Yy'],
    ['month (%m, %b or %B)', 'mbB'],
    ['day (%d)', 'd'],
  ].find(([, letters = '']) => !specifiers.some((letter) => letters.includes(letter)));
  return missing === undefined
    ? null
    : `has no ${missing[0]}; a pattern is such as "%d.%m.%Y %H:%M"`;
}
