import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseInteger, parseQueues } from './parse-option.js';

describe('parseInteger', () => {
  it('takes whole numbers within the bounds, both included', () => {
    expect(parseInteger(1, 200)('1')).toBe(1);
    expect(parseInteger(1, 200)('200')).toBe(200);
  });

  it.each(['0', '201', '1.5', '', 'ten', '1e2'])('refuses %j', (text) => {
    expect(() => parseInteger(1, 200)(text)).toThrow(InvalidArgumentError);
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
