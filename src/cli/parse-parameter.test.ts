import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseParameter } from './parse-parameter.js';

describe('parseParameter', () => {
  it.each([
    ['learningRate=1e-3', 0.001],
    ['layers=-2', -2],
    ['batchNorm=false', false],
    ['activation=relu', 'relu'],
    ['activation="8"', '8'],
    ['activation=', ''],
    ['size=1e999', '1e999'],
    ['layers=[1]', '[1]'],
    ['note=a=b', 'a=b'],
    ['none=null', 'null'],
  ])('reads %s', (text, value) => {
    expect(Object.values(parseParameter(text))).toEqual([value]);
  });

  it('collects names, each once', () => {
    expect(parseParameter('features.scale=true', { layers: 2 })).toEqual({
      layers: 2,
      'features.scale': true,
    });
    expect(() => parseParameter('layers=3', { layers: 2 })).toThrow('It gives layers twice.');
  });

  it.each(['layers', '=3', ''])('refuses %j', (text) => {
    expect(() => parseParameter(text)).toThrow(InvalidArgumentError);
  });
});
