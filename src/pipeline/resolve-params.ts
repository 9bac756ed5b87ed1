import { type Problem, RecetaError } from '../contract/errors.js';
import type { ParamValue } from '../contract/pipeline-plan.js';
import type { PipelineFile } from './pipeline-schema.js';
import { suggestKey } from './suggest-key.js';

/**
 * Joins the defaults of a pipeline file with the values that a run is given. A text is read as what the default is:
 * that is how numbers, true and false come from a command line.
 *
 * @throws RecetaError `request-invalid` for a name that is not declared, or a value of another type
 */
export function resolveParams(
  { params }: Pick<PipelineFile, 'params'>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, ParamValue>> {
  const problems: Problem[] = [];
  const values = new Map(Object.entries(params));
  for (const [name, value] of Object.entries(given)) {
    const fallback = values.get(name);
    const found = fallback === undefined ? undefined : toType(value, fallback);
    if (found !== undefined) values.set(name, found);
    else {
      const message =
        fallback === undefined
          ? describeUnknown(name, Object.keys(params))
          : `the parameter ${name} is ${shorten(value)}, wanted ${describeType(fallback)}`;
      problems.push({ path: `params.${name}`, message });
    }
  }
  if (problems.length === 0) return Object.fromEntries(values);
  throw new RecetaError(
    'request-invalid',
    `cannot start the pipeline: ${problems.map(({ message }) => message).join('; ')}`,
    { problems },
  );
}

function toType(value: unknown, fallback: ParamValue): ParamValue | undefined {
  if (typeof value === typeof fallback) return isUsable(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (typeof fallback === 'boolean') return { true: true, false: false }[value];
  if (!/^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)) return undefined;
  const number = Number(value);
  return isUsable(number) ? number : undefined;
}

function isUsable(value: unknown): value is ParamValue {
  if (typeof value !== 'number') return typeof value === 'string' || typeof value === 'boolean';
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function describeType(fallback: ParamValue): string {
  if (typeof fallback === 'boolean') return 'true or false';
  return `a ${typeof fallback === 'number' ? 'number' : 'text'} such as ${JSON.stringify(fallback)}`;
}

function describeUnknown(name: string, declared: readonly string[]): string {
  const meant = suggestKey(name, declared);
  if (meant !== null) return `there is no parameter ${name}; did you mean ${meant}?`;
  if (declared.length === 0)
    return `there is no parameter ${name}: the pipeline declares none in params`;
  return `there is no parameter ${name}; the pipeline declares ${declared.join(', ')}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
