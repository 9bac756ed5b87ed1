import { describe, expect, it } from 'vitest';
import { openPlan } from './testdata/fit-options.js';
import { withFamilyFeatures } from './with-family-features.js';

const trees = { number: { scale: 'none', impute: 'none' }, category: { encode: 'index' } } as const;

describe('withFamilyFeatures', () => {
  it('fills in what the pipeline file leaves open', () => {
    expect(withFamilyFeatures(openPlan, trees)).toEqual({ ...openPlan, defaults: trees });
  });

  it('leaves every word of the pipeline file as it is, option by option', () => {
    const columns = { zip: { options: { encode: 'target' } } };
    const plan = {
      ...openPlan,
      columns,
      defaults: { number: { impute: 'mean' }, text: { buckets: 8 } },
    } as const;
    expect(withFamilyFeatures(plan, trees)).toEqual({
      ...openPlan,
      columns,
      defaults: {
        number: { scale: 'none', impute: 'mean' },
        category: { encode: 'index' },
        text: { buckets: 8 },
      },
    });
  });

  it('changes nothing for a family without wishes', () => {
    const plan = { ...openPlan, defaults: { number: { clip: 0.1 } } };
    expect(withFamilyFeatures(plan, {})).toEqual(plan);
  });
});
