import { describe, expect, it } from 'vitest';
import { stepNames } from '../contract/steps.js';
import { parseCodeDigests } from './code-digests.js';

const steps = Object.fromEntries(stepNames.map((step) => [step, { 'a.ts': 'aa' }]));

describe('parseCodeDigests', () => {
  it('reads what the build writes', () => {
    const text = JSON.stringify({ format: 'receta-code/1', steps });
    expect(parseCodeDigests(text, 'x').steps.train).toEqual({ 'a.ts': 'aa' });
  });

  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['another format', JSON.stringify({ format: 'receta-code/0', steps })],
    [
      'a step without code',
      JSON.stringify({ format: 'receta-code/1', steps: { ...steps, tune: {} } }),
    ],
  ])('refuses %s', (_, text) => {
    expect(() => parseCodeDigests(text, 'x')).toThrow(
      expect.objectContaining({ code: 'setup-incomplete' }),
    );
  });
});
