import { RecetaError } from '../contract/errors.js';

/** Reads untrusted JSON member by member; the first thing that is not as expected throws model-invalid. */
export class JsonReader {
  constructor(
    private readonly value: unknown,
    private readonly path: string,
  ) {}

  member(name: string): JsonReader {
    const { value } = this;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      throw this.invalid(`lacks ${name}`);
    }
    return new JsonReader((value as Record<string, unknown>)[name], `${this.path}.${name}`);
  }

  elements(): JsonReader[] {
    if (!Array.isArray(this.value)) throw this.invalid('is not an array');
    return this.value.map((element, index) => new JsonReader(element, `${this.path}[${index}]`));
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.invalid('is not a text');
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.invalid('is not true or false');
    return this.value;
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) {
      throw this.invalid('is not a finite number');
    }
    return this.value;
  }

  /** From 0. */
  wholeNumber(): number {
    const value = this.number();
    if (!Number.isInteger(value) || value < 0) throw this.invalid(`is ${value}, but must count`);
    return value;
  }

  positive(): number {
    const value = this.number();
    if (value <= 0) throw this.invalid(`is ${value}, but must be above 0`);
    return value;
  }

  oneOf<Value extends string>(...values: readonly Value[]): Value {
    const found = values.find((value) => value === this.value);
    if (found === undefined) throw this.invalid(`is none of ${values.join(', ')}`);
    return found;
  }

  nullable<Value>(read: (reader: JsonReader) => Value): Value | null {
    return this.value === null ? null : read(this);
  }

  /** Says where and what is wrong. */
  invalid(finding: string): RecetaError {
    return new RecetaError('model-invalid', `cannot read the model: ${this.path} ${finding}`);
  }
}
