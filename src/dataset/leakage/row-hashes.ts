import type { Column } from '../../features/column-table.js';

const missing = 0x5bd1e995;

/** Two independent 32-bit hashes a row, grown column by column: rows equal in the columns so far have equal keys. */
export class RowHashes {
  readonly #low: Int32Array;
  readonly #high: Int32Array;

  constructor(rowCount: number) {
    this.#low = new Int32Array(rowCount);
    this.#high = new Int32Array(rowCount).fill(1);
  }

  /** Values count as such: the same text has the same hash in tables that number their levels differently. */
  add(column: Column): this {
    if (column.kind === 'text') this.#addTexts(column.codes, column.levels);
    else this.#addNumbers(column.values);
    return this;
  }

  /** 53 bits of both hashes, as a number that a Set can hold. */
  keyOf(row: number): number {
    // Rows lie inside the arrays.
    return ((this.#low[row] as number) >>> 0) * 2 ** 21 + ((this.#high[row] as number) >>> 11);
  }

  #addTexts(codes: Int32Array, levels: readonly string[]): void {
    const hashes = levels.map(hashText);
    for (let row = 0; row < codes.length; row += 1) {
      const [low, high] = hashes[codes[row] as number] ?? [missing, missing];
      this.#mix(row, low, high);
    }
  }

  #addNumbers(values: Float64Array): void {
    const number = new Float64Array(1);
    const words = new Int32Array(number.buffer);
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] as number;
      if (Number.isNaN(value)) {
        this.#mix(row, missing, missing);
        continue;
      }
      // Adding 0 makes -0 the same as 0.
      number[0] = value + 0;
      const [first, second] = words as unknown as readonly [number, number];
      this.#mix(row, first ^ Math.imul(second, 0x9e3779b1), second ^ Math.imul(first, 0x85ebca6b));
    }
  }

  #mix(row: number, low: number, high: number): void {
    this.#low[row] = scramble(Math.imul(this.#low[row] as number, 31) + low);
    this.#high[row] = scramble(Math.imul(this.#high[row] as number, 37) ^ (high + 0x165667b1));
  }
}

/** Finalizer of MurmurHash3 (Austin Appleby, public domain). */
function scramble(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** FNV-1a, and the same with another prime and start. */
function hashText(text: string): readonly [number, number] {
  let [low, high] = [0x811c9dc5, 0x3c6ef372];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
  }
  return [low, high];
}
