import { describe, expect, it } from 'vitest';
import type { CategoryEncoding, CategoryValues } from '../feature-program.js';
import { categoryWriter } from './category-writer.js';

function write(
  values: CategoryValues,
  level: string | null,
  more: Partial<CategoryEncoding> = {},
): number[] {
  const writer = categoryWriter({
    kind: 'category',
    name: 'city',
    column: 'text',
    levels: ['a', 'b'],
    fill: null,
    missing: false,
    values,
    ...more,
  });
  const out = new Float32Array(4);
  writer.write(writer.slotOf(level), out, 0);
  return [...out];
}

describe('categoryWriter', () => {
  it('marks the level, others, or the missing value in a one-hot column', () => {
    const oneHot = { encode: 'one-hot', other: true } as const;
    const marked = { missing: true };
    expect(write(oneHot, 'b', marked)).toEqual([0, 1, 0, 0]);
    expect(write(oneHot, 'z', marked)).toEqual([0, 0, 1, 0]);
    expect(write(oneHot, null, marked)).toEqual([0, 0, 0, 1]);
    expect(write(oneHot, null)).toEqual([0, 0, 1, 0]);
    expect(write({ ...oneHot, other: false }, null)).toEqual([0, 0, 0, 0]);
  });

  it('counts levels of an index from 1, and everything else as 0', () => {
    const index = { encode: 'index' } as const;
    expect(write(index, 'b', { missing: true })).toEqual([2, 0, 0, 0]);
    expect(write(index, 'z', { missing: true })).toEqual([0, 0, 0, 0]);
    expect(write(index, null, { missing: true })).toEqual([0, 1, 0, 0]);
  });

  it('writes a sign for two levels, and 0 for everything else', () => {
    const sign = { encode: 'sign' } as const;
    expect(['a', 'b', 'z', null].map((level) => write(sign, level)[0])).toEqual([-1, 1, 0, 0]);
    expect(write(sign, null, { missing: true })).toEqual([0, 1, 0, 0]);
  });

  it('looks up the numbers of a level, of other ones and of a missing value', () => {
    const numbers = { of: null, levels: [0.5, 0.25], other: 0.125, missing: -1 };
    const target = { encode: 'target', outputs: [numbers, { ...numbers, other: 8 }] } as const;
    expect(write(target, 'a')).toEqual([0.5, 0.5, 0, 0]);
    expect(write(target, 'z')).toEqual([0.125, 8, 0, 0]);
    expect(write(target, null, { missing: true })).toEqual([-1, -1, 1, 0]);
  });

  it('puts a constant in place of a missing value', () => {
    const oneHot = { encode: 'one-hot', other: true } as const;
    expect(write(oneHot, null, { fill: 'b' })).toEqual([0, 1, 0, 0]);
    expect(write(oneHot, null, { fill: 'b', missing: true })).toEqual([0, 1, 0, 1]);
    expect(write(oneHot, null, { fill: 'z' })).toEqual([0, 0, 1, 0]);
  });
});
