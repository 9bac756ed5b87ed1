export interface TextRecord {
  readonly fields: readonly string[];
  /** Where the record ends in the text, its line end included. */
  readonly end: number;
}

/**
 * Cuts the start of a CSV text into records, by the rules of RFC 4180, for looking at a few of them. Blank lines are
 * no records; a record that may go on beyond the text is left out unless the text is whole.
 */
export function splitTextRecords(
  text: string,
  dialect: { readonly delimiter: string; readonly quote: string | null },
  options: { readonly start: number; readonly limit: number; readonly isWhole: boolean },
): readonly TextRecord[] {
  const records: TextRecord[] = [];
  let position = options.start;
  while (position < text.length && records.length < options.limit) {
    const record = readRecord(text, position, dialect);
    if (record.isOpen && !(options.isWhole && !record.inQuotes)) break;
    position = record.end;
    const isBlank = record.fields.length === 1 && record.fields[0] === '';
    if (!isBlank) records.push({ fields: record.fields, end: record.end });
  }
  return records;
}

interface OpenRecord extends TextRecord {
  /** The text ended before the record did. */
  readonly isOpen: boolean;
  readonly inQuotes: boolean;
}

function readRecord(
  text: string,
  start: number,
  { delimiter, quote }: { readonly delimiter: string; readonly quote: string | null },
): OpenRecord {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  let fieldStart = start;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quoted) {
      if (character !== quote) field += character;
      else if (text[index + 1] === quote) {
        field += quote;
        index += 1;
      } else quoted = false;
    } else if (character === quote && index === fieldStart) quoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = '';
      fieldStart = index + 1;
    } else if (character === '\n' || character === '\r') {
      const isPair = character === '\r' && text[index + 1] === '\n';
      return {
        fields: [...fields, field],
        end: index + (isPair ? 2 : 1),
        isOpen: false,
        inQuotes: false,
      };
    } else field += character;
  }
  return { fields: [...fields, field], end: text.length, isOpen: true, inQuotes: quoted };
}
