import { InvalidArgumentError } from 'commander';

/** Collects `--param name=value` from the command line; what stands behind the first `=` is the value. */
export function parseParam(
  text: string,
  earlier: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give a name and a value, such as month=2019-04.');
  }
  if (Object.hasOwn(earlier, name)) throw new InvalidArgumentError(`It gives ${name} twice.`);
  return { ...earlier, [name]: value };
}
