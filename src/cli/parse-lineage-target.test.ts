import { describe, expect, it } from 'vitest';
import { parseLineageTarget } from './parse-lineage-target.js';

const sha256 = 'ab'.repeat(32);
const runId = 'penguins-20261123-170812-4f9k2m';

describe('parseLineageTarget', () => {
  it.each([
    [sha256, { kind: 'bytes', sha256 }],
    [runId, { kind: 'run', runId }],
    ['penguins', { kind: 'alias', model: 'penguins', alias: 'champion' }],
    ['penguins@12', { kind: 'version', model: 'penguins', version: 12 }],
    ['penguins@trial', { kind: 'alias', model: 'penguins', alias: 'trial' }],
  ])('reads %s', (text, target) => {
    expect(parseLineageTarget(text)).toEqual(target);
  });

  it.each(['', 'Penguins', 'penguins@', 'penguins@0', 'penguins@1@2', 'penguins@v 1'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseLineageTarget(text)).toThrow(
        expect.objectContaining({ code: 'request-invalid' }),
      );
    },
  );
});
