import { expect, test } from 'vitest';
import { variableDefinitions, variables } from './variables.js';

test('every variable has a meaning, and every default is one that its own parser takes', () => {
  for (const { name, meaning, default: value } of variables) {
    expect(meaning, name).not.toBe('');
    if (value !== null) {
      expect(variableDefinitions[name].schema.safeParse(value).success, name).toBe(true);
    }
  }
});

test('keys are marked as secret', () => {
  expect(variables.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
    'TEMPORAL_API_KEY',
    'S3_SECRET_ACCESS_KEY',
    'RECETA_API_KEY',
  ]);
});
