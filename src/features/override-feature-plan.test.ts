import { describe, expect, it } from 'vitest';
import { overrideFeaturePlan } from './override-feature-plan.js';
import { splitParameters } from './split-parameters.js';
import { openPlan, planOf } from './testdata/fit-options.js';

describe('splitParameters', () => {
  it('parts parameters of features from those of the model', () => {
    const parameters = { learningRate: 0.1, 'features.target.transform': 'log', features: 3 };
    expect(splitParameters(parameters)).toEqual({
      features: { 'features.target.transform': 'log' },
      model: { learningRate: 0.1, features: 3 },
    });
  });
});

describe('overrideFeaturePlan', () => {
  it('replaces single words and keeps the others', () => {
    const plan = {
      ...planOf({ zip: { kind: 'category', encode: 'one-hot', minRows: 5 } }),
      defaults: { number: { impute: 'mean', scale: 'standard' } },
    } as const;
    const overridden = overrideFeaturePlan(plan, {
      'features.defaults.number.scale': 'quantile',
      'features.defaults.category.maxLevels': 10,
      'features.columns.zip.encode': 'target',
      'features.columns.net.worth.clip': 0.01,
      'features.columns.color.kind': 'text',
      'features.columns.age.role': 'ignored',
    });
    expect(overridden).toEqual({
      defaults: { number: { impute: 'mean', scale: 'quantile' }, category: { maxLevels: 10 } },
      columns: {
        zip: { kind: 'category', options: { encode: 'target', minRows: 5 } },
        'net.worth': { options: { clip: 0.01 } },
        color: { kind: 'text', options: {} },
        age: { role: 'ignored', options: {} },
      },
      target: { transform: 'auto' },
    });
    expect(plan.columns.zip?.options).toEqual({ encode: 'one-hot', minRows: 5 });
  });

  it('takes no overrides for an answer', () => {
    expect(overrideFeaturePlan(openPlan, {})).toEqual(openPlan);
  });

  it.each([
    ['features.scale', 'robust', 'is no parameter of features'],
    ['features.target', 'log', 'is no parameter of features'],
    ['features.target.scale', 'log', 'is no parameter of features'],
    ['features.defaults.number', 'x', 'names no kind of column'],
    ['features.defaults.numbers.scale', 'robust', 'names no kind of column; kinds are number'],
    ['features.defaults.number.encode', 'target', 'is no option of this column'],
    ['features.defaults.number.scale', 'log', 'must be one of auto, standard'],
    ['features.columns.zip.colour', 'red', 'is no option of any kind of column'],
    ['features.columns.zip.impute', true, null],
    ['features.columns.zip.scale', 'cube', 'must be one of auto, standard'],
    ['features.columns.zip.kind', 'date', 'must be one of number, category'],
    ['features.columns.zip.role', 'key', 'must be feature or ignored, but is "key"'],
    ['features.columns.id.role', 'feature', 'cannot replace the role group in a trial'],
    ['features.columns.note.scale', 'robust', 'is no option of this column: a text column knows'],
    ['features.target.transform', 'log', 'is no parameter of features'],
  ])('checks %s: %j', (path, value, finding) => {
    const plan = planOf({ id: { role: 'group' }, note: { kind: 'text' } });
    const run = () => overrideFeaturePlan(plan, { [path]: value });
    if (finding === null) expect(run).not.toThrow();
    else {
      expect(run).toThrow(
        expect.objectContaining({
          code: 'pipeline-invalid',
          problems: [{ path, message: expect.stringContaining(`${path} ${finding}`) }],
        }),
      );
    }
  });
});
