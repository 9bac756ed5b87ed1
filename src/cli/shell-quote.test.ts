import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote } from './shell-quote.js';

describe('shellQuote', () => {
  it('leaves plain words alone', () => {
    expect(shellQuote('http://127.0.0.1:8080/v1/models/penguins:predict')).toBe(
      'http://127.0.0.1:8080/v1/models/penguins:predict',
    );
  });

  it('survives a real shell whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter((text) => !text.includes('\u0000')),
          { minLength: 1 },
        ),
        (texts) => {
          const command = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`;
          const printed = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
          expect(printed.split('\u0000').slice(0, -1)).toEqual(texts);
        },
      ),
      { numRuns: 25 },
    );
  });
});
