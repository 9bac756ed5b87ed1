/** A text as it reads in Markdown, on one line: characters that Markdown would take for its own are escaped. */
export function toMarkdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, (found) => `\\${found}`);
}

/** A table; cells are Markdown already. */
export function toMarkdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A number with four significant digits. */
export function toCardNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A share of 1 in percent. */
export function toPercent(share: number): string {
  return `${toCardNumber(100 * share)} %`;
}
