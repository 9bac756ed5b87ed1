/** Anything that looks like a placeholder, also a wrong one. */
export const placeholderPattern = /\$\{[^}]*\}?/g;

/** Name of the parameter that a placeholder asks for; `null`: it is not written `${params.name}`. */
export function readPlaceholder(text: string): string | null {
  return /^\$\{params\.([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1] ?? null;
}

/** Placeholders of a text in their order, wrong ones too. */
export function listPlaceholders(text: string): readonly string[] {
  return text.match(placeholderPattern) ?? [];
}
