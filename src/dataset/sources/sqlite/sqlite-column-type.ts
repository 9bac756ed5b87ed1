/** A value of SQLite, which types values rather than columns; blobs are refused before. */
export type SqliteValue = number | bigint | string | null;

const dateText = /^\d{4}-\d\d-\d\d$/;
const timestampText = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?$/;

/** Learns from the values of one column which DuckDB type holds them all. */
export class SqliteColumnType {
  readonly #declared: string;
  #integers = false;
  #reals = false;
  #texts = false;
  #onlyBits = true;
  #onlyDates = true;
  #onlyTimestamps = true;

  /** @param declared type of the column as it was declared, which says how to read texts and bits */
  constructor(declared: string) {
    this.#declared = declared.toUpperCase();
  }

  add(value: SqliteValue): void {
    if (value === null) return;
    if (typeof value === 'string') this.#addText(value);
    else if (typeof value === 'bigint' || Number.isInteger(value)) {
      this.#integers = true;
      if (value !== 0 && value !== 1) this.#onlyBits = false;
    } else this.#reals = true;
  }

  get sqlType(): string {
    const isNumber = this.#integers || this.#reals;
    if (this.#texts) return isNumber ? 'VARCHAR' : this.#textType;
    if (this.#reals) return 'DOUBLE';
    if (!this.#integers) return 'VARCHAR';
    const isBoolean = this.#declared.startsWith('BOOL') && this.#onlyBits;
    if (isBoolean) return 'BOOLEAN';
    return /REAL|FLOAT|DOUBLE/.test(this.#declared) ? 'DOUBLE' : 'BIGINT';
  }

  get #textType(): string {
    if (!/DATE|TIME/.test(this.#declared)) return 'VARCHAR';
    if (this.#onlyDates) return 'DATE';
    return this.#onlyTimestamps ? 'TIMESTAMP' : 'VARCHAR';
  }

  #addText(value: string): void {
    this.#texts = true;
    this.#onlyDates &&= dateText.test(value) && isCalendarDay(value);
    this.#onlyTimestamps &&= timestampText.test(value) && isCalendarDay(value.slice(0, 10));
  }
}

/** False for the 30th of February. */
function isCalendarDay(text: string): boolean {
  const timeMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text);
}
