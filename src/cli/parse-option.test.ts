import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { orNone, parseInteger, parsePositive, parseQueues } from './parse-option.js';

describe('parseInteger', () => {
  it('takes whole numbers within the bounds, both included', () => {
    expect(parseInteger(1, 200)('1')).toBe(1);
    expect(parseInteger(1, 200)('200')).toBe(200);
  });

  it.each(['0', '201', '1.5', '', 'ten', '1e2'])('refuses %j', (text) => {
    expect(() => parseInteger(1, 200)(text)).toThrow(InvalidArgumentError);
  });
});

describe('parsePositive', () => {
  it('takes whole numbers and fractions', () => {
    expect(parsePositive('30')).toBe(30);
    expect(parsePositive('0.5')).toBe(0.5);
  });

  it.each(['0', '-1', '', 'ten', '1e3', '.5', '0.0', 'Infinity'])('refuses %j', (text) => {
    expect(() => parsePositive(text)).toThrow(InvalidArgumentError);
  });
});

describe('orNone', () => {
  it('takes the word none beside what the other reads', () => {
    expect(orNone(parsePositive)('none')).toBe('none');
    expect(orNone(parsePositive)('2')).toBe(2);
    expect(() => orNone(parsePositive)('null')).toThrow(InvalidArgumentError);
  });
});

describe('parseQueues', () => {
  it('takes names with commas, each once', () => {
    expect(parseQueues('data, train,data')).toEqual(['data', 'train']);
  });

  it.each(['', 'data,', 'trains'])('refuses %j', (text) => {
    expect(() => parseQueues(text)).toThrow(InvalidArgumentError);
  });
});
