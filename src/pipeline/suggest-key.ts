import { distance } from 'fastest-levenshtein';

/** The known name that is meant most likely, the first of equally likely ones; `null` when none is near. */
export function suggestKey(found: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, away: measure(found.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, away }) => away <= Math.ceil(Math.min(found.length, name.length) / 3))
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.name ?? null;
}

/** Edit distance, where swapped letters and a longer or shorter form of the word count as one slip. */
function measure(found: string, name: string): number {
  const away = distance(found, name);
  const isSwapped = [...found].sort().join('') === [...name].sort().join('');
  const isOtherForm = name.length > 2 && (found.startsWith(name) || name.startsWith(found));
  return away > 1 && (isSwapped || isOtherForm) ? 1 : away;
}
