import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../contract/random-stream.js';
import type { ParameterValue } from '../contract/run-status.js';
import type { ParameterRange } from '../contract/search-space.js';
import { drawParameters } from './draw-parameters.js';

function draw(count: number, range: ParameterRange): ParameterValue[] {
  const random = createRandomStream(11, 0);
  return Array.from({ length: count }, () => drawParameters([range], random)[range.name] ?? 'none');
}

function drawWith(value: number, range: ParameterRange): ParameterValue | undefined {
  return drawParameters([range], () => value)[range.name];
}

function countBy(values: readonly ParameterValue[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

const almostOne = 1 - 2 ** -53;

describe('drawParameters', () => {
  it('spreads a float evenly between its bounds', () => {
    const range: ParameterRange = { kind: 'float', name: 'dropout', low: 0.1, high: 0.5 };
    expect(drawWith(0, range)).toBe(0.1);
    expect(drawWith(0.5, range)).toBe(0.3);
    expect(drawWith(almostOne, range)).toBe(0.5);
  });

  it('spreads the logarithm of a log float evenly', () => {
    const range: ParameterRange = { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true };
    expect(drawWith(0, range)).toBe(1e-4);
    expect(drawWith(0.25, range)).toBe(1e-3);
    expect(drawWith(0.5, range)).toBe(1e-2);
    expect(drawWith(almostOne, range)).toBe(1);
  });

  it('keeps six digits of a float and never rounds it out of its bounds', () => {
    expect(drawWith(0.123456789, { kind: 'float', name: 'x', low: 0, high: 1 })).toBe(0.123457);
    const narrow: ParameterRange = { kind: 'float', name: 'x', low: 0.12345651, high: 0.12345652 };
    expect(drawWith(0.5, narrow)).toBe(0.12345652);
  });

  it('draws every integer of a range equally often, both ends included', () => {
    const counts = countBy(draw(30_000, { kind: 'int', name: 'layers', low: 1, high: 3 }));
    expect(Object.keys(counts).sort()).toEqual(['1', '2', '3']);
    for (const count of Object.values(counts)) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('stays on the steps of an integer range whose high is no step', () => {
    const counts = countBy(
      draw(9000, { kind: 'int', name: 'units', low: 64, high: 200, step: 64 }),
    );
    expect(Object.keys(counts).sort()).toEqual(['128', '192', '64']);
  });

  it('draws every value of a float with steps equally often, without digits beyond the step', () => {
    const counts = countBy(
      draw(9000, { kind: 'float', name: 'x', low: 0.1, high: 0.39, step: 0.1 }),
    );
    expect(Object.keys(counts).sort()).toEqual(['0.1', '0.2', '0.3']);
    for (const count of Object.values(counts)) expect(Math.abs(count - 3000)).toBeLessThan(200);
  });

  it('draws an integer of a log range by the logarithm of the interval it stands for', () => {
    const range: ParameterRange = { kind: 'int', name: 'batch', low: 1, high: 3, log: true };
    const counts = countBy(draw(20_000, range));
    const share = (from: number): number => (20_000 * Math.log((from + 1) / from)) / Math.log(4);
    for (const value of [1, 2, 3]) {
      expect(Math.abs((counts[value] ?? 0) - share(value))).toBeLessThan(300);
    }
    expect(drawWith(almostOne, range)).toBe(3);
  });

  it('draws every choice equally often', () => {
    const choices = ['relu', 'selu', true, 4];
    const counts = countBy(draw(20_000, { kind: 'categorical', name: 'activation', choices }));
    expect(Object.keys(counts).sort()).toEqual(['4', 'relu', 'selu', 'true']);
    for (const count of Object.values(counts)) expect(Math.abs(count - 5000)).toBeLessThan(300);
  });
});
