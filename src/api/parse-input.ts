import { z } from 'zod';
import { type Problem, RecetaError } from '../contract/errors.js';
import { suggestKey } from '../pipeline/suggest-key.js';

type Path = readonly (string | number)[];

/** The part of JSON Schema that knows which keys an object may have. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/**
 * Checks one part of a request against its schema.
 *
 * @param part names it in the message, e.g. `the query`
 * @throws RecetaError `request-invalid` with the path of every problem; unknown keys come with a suggestion
 */
export function parseInput<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  part: string,
): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => toProblems(issue, schema));
  const [first] = problems;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  throw new RecetaError('request-invalid', `cannot use ${part}: ${first?.message}${others}`, {
    problems,
  });
}

function toProblems(issue: z.core.$ZodIssue, schema: z.ZodType): Problem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code !== 'unrecognized_keys') {
    const place = toText(path);
    const message = place === '' ? issue.message : `${place}: ${issue.message}`;
    return [{ path: place, message }];
  }
  const known = knownKeysAt(schema, path);
  return issue.keys.map((key) => {
    const place = toText([...path, key]);
    const meant = suggestKey(key, known);
    const hint = meant === null ? describeKnown(known) : `did you mean ${meant}?`;
    return { path: place, message: `${place} is not known here; ${hint}` };
  });
}

function describeKnown(known: readonly string[]): string {
  return known.length === 0 ? 'nothing is' : `known are ${known.join(', ')}`;
}

function knownKeysAt(schema: z.ZodType, path: Path): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  let node: SchemaNode | undefined = root as SchemaNode;
  for (const key of path) node = typeof key === 'number' ? node?.items : node?.properties?.[key];
  return Object.keys(node?.properties ?? {});
}

function toText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}
