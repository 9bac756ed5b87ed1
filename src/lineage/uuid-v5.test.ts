import { expect, it } from 'vitest';
import { toUuidV5 } from './uuid-v5.js';

it('is a UUID of version 5 that a name always has, and no other name', () => {
  const names = Array.from({ length: 200 }, (_, index) => `run-${index}`);
  const ids = names.map(toUuidV5);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(ids).size).toBe(names.length);
  expect(toUuidV5('run-7')).toBe(ids[7]);
});
