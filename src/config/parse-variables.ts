import type { z } from 'zod';
import type { Problem } from '../contract/errors.js';
import type { Environment } from './read-environment.js';
import { type VariableName, variableDefinitions } from './variables.js';

type Definitions = typeof variableDefinitions;

/** Parsed value of each variable; `null` where it is unset and has no default. */
export type VariableValues = {
  readonly [Name in VariableName]:
    | z.output<Definitions[Name]['schema']>
    | (Definitions[Name]['default'] extends null ? null : never);
};

/** Parses every variable and collects all problems instead of stopping at the first. */
export function parseVariables(environment: Environment): {
  readonly values: VariableValues;
  readonly problems: readonly Problem[];
} {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, definition] of Object.entries(variableDefinitions)) {
    const text = environment[name] || definition.default;
    const result = text === null ? null : definition.schema.safeParse(text);
    if (result === null || result.success) {
      values[name] = result === null ? null : result.data;
      continue;
    }
    const found = 'secret' in definition ? 'holds something else' : `is ${JSON.stringify(text)}`;
    problems.push({ path: name, message: `${found}, wanted ${result.error.issues[0]?.message}` });
  }
  return { values: values as VariableValues, problems };
}
