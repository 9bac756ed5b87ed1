export interface ColumnNames {
  readonly names: readonly string[];
  /** What was changed, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes the names in a header distinct for SQL, which takes names as equal whatever their case and Unicode composition:
 * a later one gets a number, `x_2`. Columns without a name are called after their position, `unnamed_3`.
 */
export function toColumnNames(fields: readonly string[]): ColumnNames {
  const taken = new Set(fields.map(toKey));
  const seen = new Map<string, string>();
  const notes: string[] = [];
  const names = fields.map((field, index) => {
    const written = field.replaceAll('\0', '');
    const name = written.trim() === '' ? `unnamed_${index + 1}` : written;
    const earlier = seen.get(toKey(name));
    if (earlier === undefined) {
      seen.set(toKey(name), name);
      return name;
    }
    const distinct = toDistinct(name, taken);
    seen.set(toKey(distinct), distinct);
    const reason =
      earlier === name
        ? `another column is called '${earlier}'`
        : `'${name}' and '${earlier}' differ by letter case or composition only`;
    notes.push(`column ${index + 1} is called '${distinct}', because ${reason}`);
    return distinct;
  });
  return { names, notes };
}

function toDistinct(name: string, taken: Set<string>): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name}_${number}`;
    if (taken.has(toKey(candidate))) continue;
    taken.add(toKey(candidate));
    return candidate;
  }
}

/** Equal for names that SQL takes as equal. */
export function toKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
