/** Words that SQL keeps for itself: a table of that name could be read in double quotes only. */
const reserved = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
    'default deferrable desc describe distinct do else end except false fetch for foreign from group having in ' +
    'initially intersect into lambda lateral leading limit not null offset on only or order pivot placing primary ' +
    'qualify references returning select show some summarize symmetric table then to trailing true union unique ' +
    'unpivot using variadic when where window with'
  ).split(' '),
);

/** Says why queries could not read a table of that name as it is; `null`: they can. */
export function describeBadSqlName(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) {
    return 'must be a letter or "_", then letters, digits and "_", at most 63, so that queries can read it';
  }
  if (reserved.has(name.toLowerCase())) return 'is a word of SQL; choose another name';
  if (/^receta_/i.test(name)) return 'begins with "receta_", which Receta keeps for itself';
  return null;
}
