import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseParam } from './parse-param.js';

describe('parseParam', () => {
  it('collects names with their values, which may have equals signs and be empty', () => {
    expect(parseParam('b=x=y', { a: '' })).toEqual({ a: '', b: 'x=y' });
    expect(parseParam('a=')).toEqual({ a: '' });
  });

  it.each(['month', '=x', ''])('refuses %j', (text) => {
    expect(() => parseParam(text)).toThrow(InvalidArgumentError);
  });

  it('refuses a name that comes twice, since one of the values would be lost', () => {
    expect(() => parseParam('a=1', { a: '2' })).toThrow('It gives a twice.');
  });
});
