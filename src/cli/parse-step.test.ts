import { describe, expect, it } from 'vitest';
import { parseStep } from './parse-step.js';

describe('parseStep', () => {
  it('knows the steps of a pipeline', () => {
    expect(parseStep('train')).toBe('train');
  });

  it('answers another word with the steps there are, and the one that may be meant', () => {
    expect(() => parseStep('trian')).toThrow(
      'There is no such step. Did you mean train? The steps are download, validate, transform,',
    );
    expect(() => parseStep('bake')).toThrow('There is no such step. The steps are download');
  });
});
