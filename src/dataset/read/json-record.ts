export type JsonKind = 'number' | 'string' | 'boolean' | 'null' | 'nested';

/** A member of a record. Numbers and nested values are the text that was written, so that no digit is lost. */
export interface JsonMember {
  readonly key: string;
  readonly kind: JsonKind;
  readonly text: string;
}

/** Where and why a text is not one JSON object. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Takes a JSON object apart into its members, in their order.
 *
 * @throws JsonFault
 */
export function parseJsonRecord(text: string): readonly JsonMember[] {
  const cursor = new JsonCursor(text);
  const members: JsonMember[] = [];
  if (!cursor.take('{')) throw cursor.fault('a record in braces {...} is wanted');
  if (!cursor.take('}')) {
    do {
      const key = cursor.readKey();
      if (!cursor.take(':')) throw cursor.fault("':' is wanted after the key");
      members.push({ key, ...cursor.readValue() });
    } while (cursor.take(','));
    if (!cursor.take('}')) throw cursor.fault("',' or '}' is wanted after the value");
  }
  cursor.expectEnd();
  return members;
}

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /[A-Za-z_+-][A-Za-z_0-9]*/y;

class JsonCursor {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fault(message: string): JsonFault {
    const isEnd = this.#position >= this.#text.length;
    return new JsonFault(this.#position, isEnd ? `it ends too early; ${message}` : message);
  }

  take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  readKey(): string {
    this.#skipSpace();
    if (this.#text[this.#position] !== '"') throw this.fault('a key in double quotes is wanted');
    return this.#readString();
  }

  readValue(): { readonly kind: JsonKind; readonly text: string } {
    this.#skipSpace();
    const first = this.#text[this.#position] ?? '';
    if (first === '"') return { kind: 'string', text: this.#readString() };
    if (first === '{' || first === '[') return { kind: 'nested', text: this.#readNested() };
    const digits = this.#match(number);
    if (digits !== null) return { kind: 'number', text: digits };
    const start = this.#position;
    const literal = this.#match(word);
    if (literal === 'true' || literal === 'false') return { kind: 'boolean', text: literal };
    if (literal === 'null') return { kind: 'null', text: literal };
    this.#position = start;
    throw this.fault(
      literal === null
        ? 'a value is wanted'
        : `${literal} is no JSON value; a missing value is written null`,
    );
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.fault('nothing may follow the record');
  }

  #readString(): string {
    const start = this.#position;
    const end = findStringEnd(this.#text, start);
    if (end === null) throw this.fault('a text in double quotes is not closed');
    this.#position = end;
    const quoted = this.#text.slice(start, end);
    // Control characters are as wrong as unknown escapes; both are rare enough to be looked for by one parser.
    if (!/[\\\p{Cc}]/u.test(quoted)) return quoted.slice(1, -1);
    return this.#parse(quoted, start) as string;
  }

  #readNested(): string {
    const start = this.#position;
    let depth = 0;
    for (let index = start; index < this.#text.length; index += 1) {
      const character = this.#text[index];
      if (character === '"') {
        const end = findStringEnd(this.#text, index);
        if (end === null) break;
        index = end - 1;
      } else if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || character === ']') depth -= 1;
      if (depth === 0) {
        this.#position = index + 1;
        const nested = this.#text.slice(start, this.#position);
        this.#parse(nested, start);
        return nested;
      }
    }
    throw this.fault('a nested value is not closed');
  }

  #parse(text: string, start: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.#position = start;
      throw this.fault('this value is no JSON');
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#position += found.length;
    return found;
  }

  #skipSpace(): void {
    // Most members stand behind one blank or none.
    const code = this.#text.charCodeAt(this.#position);
    if (code > 0x20) return;
    space.lastIndex = this.#position;
    space.test(this.#text);
    this.#position = space.lastIndex;
  }
}

/** Behind the closing quote of the string that begins at `start`; `null`: there is none. */
function findStringEnd(text: string, start: number): number | null {
  let end = start;
  while (true) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return null;
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
}
