/**
 * Names as LightGBM accepts them: blanks and the signs of JSON become underscores, and names that are then equal get
 * their position at the end.
 */
export function toNativeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, position) => {
    const plain = name.replaceAll(/[\s,:"[\]{}]/gu, '_') || '_';
    let unique = plain;
    while (taken.has(unique)) unique = `${unique}_${position}`;
    taken.add(unique);
    return unique;
  });
}
