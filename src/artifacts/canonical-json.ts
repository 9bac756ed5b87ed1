import { RecetaError } from '../contract/errors.js';

const loneSurrogate = /\p{Surrogate}/u;

/**
 * Writes a value as canonical JSON (RFC 8785): no white space, object keys in UTF-16 order, numbers as
 * JavaScript prints them. Equal values give equal bytes, so the text can be hashed and compared.
 *
 * @throws RecetaError `internal` for what JSON cannot carry faithfully: NaN, infinities, undefined, bigint,
 *   lone surrogates, class instances; the message names the path of the value
 */
export function toCanonicalJson(value: unknown): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical(`the number ${value}`, path);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return writeArray(value, path);
      return writeObject(value, path);
    default:
      throw notCanonical(`a value of type ${typeof value}`, path);
  }
}

function writeString(value: string, path: string): string {
  if (loneSurrogate.test(value)) throw notCanonical('a string that is not valid Unicode', path);
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], path: string): string {
  // Array.from visits holes too, which map() would skip over.
  const items = Array.from(values, (item, index) => write(item, `${path}[${index}]`));
  return `[${items.join(',')}]`;
}

function writeObject(value: object, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw notCanonical(`an instance of ${value.constructor.name}`, path);
  }
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${writeString(key, path)}:${write(member, `${path}.${key}`)}`);
  return `{${members.join(',')}}`;
}

function notCanonical(found: string, path: string): RecetaError {
  return new RecetaError(
    'internal',
    `Writing canonical JSON: found ${found} at ${path}, which JSON cannot carry faithfully.`,
  );
}
