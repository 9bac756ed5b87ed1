import { isUtf8 } from 'node:buffer';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** Looks at the bytes of a CSV file as they stream by: are they UTF-8, and do all records end the same way? */
export class TextInspector {
  /** Line of the first bytes that are no UTF-8, counted from 1; `null` while all are. */
  invalidLine: number | null = null;
  #line = 1;
  #rest: Buffer = Buffer.alloc(0);
  #quoted = false;
  #previous = 0;
  #lineFeeds = 0;
  #pairs = 0;

  push(chunk: Buffer): void {
    this.#countLineEnds(chunk);
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = lastCharacterBoundary(bytes);
    this.#check(bytes.subarray(0, end));
    this.#rest = bytes.subarray(end);
  }

  end(): void {
    this.#check(this.#rest);
    this.#rest = Buffer.alloc(0);
  }

  /** Some records end with CR LF and others with LF alone, which DuckDB's strict reader refuses. */
  get hasMixedLineEnds(): boolean {
    return this.#pairs > 0 && this.#lineFeeds > this.#pairs;
  }

  #check(bytes: Buffer): void {
    if (this.invalidLine !== null) return;
    const valid = isUtf8(bytes);
    let start = 0;
    while (start < bytes.length) {
      const feed = bytes.indexOf(lineFeed, start);
      const end = feed === -1 ? bytes.length : feed + 1;
      if (!valid && !isUtf8(bytes.subarray(start, end))) {
        this.invalidLine = this.#line;
        return;
      }
      if (feed !== -1) this.#line += 1;
      start = end;
    }
  }

  #countLineEnds(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte === quote) this.#quoted = !this.#quoted;
      else if (byte === lineFeed && !this.#quoted) {
        this.#lineFeeds += 1;
        if (this.#previous === carriageReturn) this.#pairs += 1;
      }
      this.#previous = byte;
    }
  }
}

/** Replaces CR LF by LF outside quotes. */
export class LineEndNormalizer {
  #quoted = false;
  #pendingReturn = false;

  push(chunk: Buffer): Buffer {
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.#pendingReturn && byte !== lineFeed) out[length++] = carriageReturn;
      this.#pendingReturn = byte === carriageReturn && !this.#quoted;
      if (byte === quote) this.#quoted = !this.#quoted;
      if (!this.#pendingReturn) out[length++] = byte;
    }
    return out.subarray(0, length);
  }

  end(): Buffer {
    return this.#pendingReturn ? Buffer.from([carriageReturn]) : Buffer.alloc(0);
  }
}

/** Where the last character that is surely complete ends: behind the last ASCII byte. */
function lastCharacterBoundary(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1;
  return end;
}
