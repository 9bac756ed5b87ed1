import { RecetaError } from '../../contract/errors.js';

/** An object of untrusted JSON that describes a part of a network, with the place where it stands. */
export class NetworkField {
  readonly #record: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly at: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidNetwork(`${at === '' ? 'it' : at} is not an object`);
    }
    this.#record = value as Record<string, unknown>;
  }

  count(key: string, least = 1): number {
    const value = this.#record[key];
    return this.#wanted(key, isCount(value, least), value, `a whole number from ${least} up`);
  }

  /** A number from `low` to below `high`. */
  number(key: string, low: number, high: number): number {
    const value = this.#record[key];
    const fits = typeof value === 'number' && value >= low && value < high;
    return this.#wanted(key, fits, value, `a number from ${low} to below ${high}`);
  }

  flag(key: string): boolean {
    const value = this.#record[key];
    return this.#wanted(key, typeof value === 'boolean', value, 'true or false');
  }

  choice<Name extends string>(key: string, names: readonly Name[]): Name {
    const value = this.#record[key];
    const fits = (names as readonly unknown[]).includes(value);
    return this.#wanted(key, fits, value, `one of ${names.join(', ')}`);
  }

  counts(key: string, least: number): readonly number[] {
    const value = this.#record[key];
    const fits = Array.isArray(value) && value.every((item) => isCount(item, least));
    return this.#wanted(key, fits, value, `a list of whole numbers from ${least} up`);
  }

  field(key: string): NetworkField {
    return new NetworkField(this.#record[key], this.#path(key));
  }

  fields(key: string): readonly NetworkField[] {
    const value = this.#record[key];
    const list = this.#wanted<unknown[]>(key, Array.isArray(value), value, 'a list');
    return list.map((item, index) => new NetworkField(item, `${this.#path(key)}[${index}]`));
  }

  #wanted<Value>(key: string, fits: boolean, value: unknown, wanted: string): Value {
    if (!fits) throw invalidNetwork(`${this.#path(key)} is not ${wanted}`);
    return value as Value;
  }

  #path(key: string): string {
    return this.at === '' ? key : `${this.at}.${key}`;
  }
}

export function invalidNetwork(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Reading the network of a model: ${found}. The stored model is damaged or of another version; train it again.`,
  );
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
