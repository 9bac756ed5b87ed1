import { describe, expect, it } from 'vitest';
import type { FeaturePlan } from '../../contract/feature-plan.js';
import { openPlan, planOf } from '../testdata/fit-options.js';
import { toTable } from '../testdata/to-table.js';
import { resolveColumns } from './resolve-columns.js';

const table = toTable({
  id: ['p1', 'p2'],
  zip: [1010, 1020],
  mass: [1, 2],
  seenAt: ['2026-01-05T08:00', '2026-01-12T09:00'],
  y: [1, 2],
});

function resolve(plan: FeaturePlan) {
  return resolveColumns(table, 'y', plan);
}

function kindsOf(plan: FeaturePlan): Record<string, string> {
  return Object.fromEntries(resolve(plan).features.map(({ name, kind }) => [name, kind]));
}

function optionsOf(plan: FeaturePlan, name: string): unknown {
  return resolve(plan).features.find((feature) => feature.name === name)?.options;
}

function refused(path: string, finding: string) {
  return expect.objectContaining({
    code: 'pipeline-invalid',
    message: expect.stringContaining(`cannot build features: ${path} ${finding}`),
    problems: [{ path, message: expect.stringContaining(`${path} ${finding}`) }],
  });
}

describe('resolveColumns', () => {
  it('infers what the plan leaves open', () => {
    expect(kindsOf(openPlan)).toEqual({
      id: 'category',
      zip: 'number',
      mass: 'number',
      seenAt: 'datetime',
    });
  });

  it('takes the plan at its word about kinds', () => {
    expect(kindsOf(planOf({ zip: { kind: 'category' }, id: { kind: 'text' } }))).toMatchObject({
      zip: 'category',
      id: 'text',
    });
  });

  it('puts the options of a column above the defaults of its kind', () => {
    const plan = {
      ...planOf({ mass: { scale: 'robust' } }),
      defaults: { number: { scale: 'quantile', impute: 'mean' } },
    } as const;
    expect(optionsOf(plan, 'mass')).toEqual({ scale: 'robust', impute: 'mean' });
    expect(optionsOf(plan, 'zip')).toEqual({ scale: 'quantile', impute: 'mean' });
  });

  it('learns from no column that is ignored, a key, a group or a weight', () => {
    const roles = planOf({
      id: { role: 'key' },
      zip: { role: 'group' },
      mass: { role: 'weight' },
      seenAt: { role: 'ignored' },
    });
    expect(resolve(roles)).toMatchObject({
      features: [],
      unused: [{ name: 'id' }, { name: 'zip' }, { name: 'mass' }, { name: 'seenAt' }],
      weight: 'mass',
    });
  });

  it('learns from the parts of the time that orders the rows, and not from the time itself', () => {
    expect(optionsOf(planOf({ seenAt: { role: 'time' } }), 'seenAt')).toEqual({ elapsed: false });
    const asked = planOf({ seenAt: { role: 'time', elapsed: true } });
    expect(optionsOf(asked, 'seenAt')).toEqual({ elapsed: true });
  });

  it('leaves out a number that orders the rows, unless its kind is set', () => {
    const { unused, warnings } = resolve(planOf({ zip: { role: 'time' } }));
    expect(unused).toEqual([{ name: 'zip', kind: 'number' }]);
    expect(warnings).toEqual([
      'zip orders the rows and is no feature; set its kind to make it one',
    ]);
    expect(kindsOf(planOf({ zip: { role: 'time', kind: 'number' } }))).toHaveProperty('zip');
  });

  it('refuses columns that do not exist, listing those that do', () => {
    expect(() => resolve(planOf({ zipp: { kind: 'category' } }))).toThrow(
      refused(
        'features.columns.zipp',
        'is no column of the table; columns are id, zip, mass, seenAt',
      ),
    );
    expect(() => resolve(planOf({ constructor: {} }))).toThrow(/columns.constructor is no column/);
  });

  it('refuses to say something of the target', () => {
    expect(() => resolve(planOf({ y: { role: 'ignored' } }))).toThrow(
      refused('features.columns.y', 'is the target'),
    );
  });

  it('refuses a kind that the values cannot have', () => {
    expect(() => resolve(planOf({ id: { kind: 'number' } }))).toThrow(
      refused(
        'features.columns.id.kind',
        'must be category or text, but is "number": the column holds text values',
      ),
    );
  });

  it('takes a column as the kind whose option it is given', () => {
    expect(kindsOf(planOf({ zip: { encode: 'target' } }))).toHaveProperty('zip', 'category');
  });

  it('refuses an option that the kind does not know, and says which kind does', () => {
    expect(() => resolve(planOf({ zip: { kind: 'number', encode: 'target' } }))).toThrow(
      refused(
        'features.columns.zip.encode',
        'is no option of this column: a number column knows impute, indicator, scale, clip; ' +
          'set kind: category to use it',
      ),
    );
    expect(() => resolve(planOf({ zip: { color: 'red' } }))).toThrow(
      refused('features.columns.zip.color', 'is no option of this column'),
    );
  });

  it.each([
    [
      'zip',
      'impute',
      'zero',
      'must be mean, median, most-frequent, none or a number, but is "zero"',
    ],
    ['zip', 'clip', 0.5, 'must be a share of at least 0 and below 0.5, but is 0.5'],
    ['zip', 'scale', 'log', 'must be one of auto, standard, affine, robust, quantile, none'],
    ['zip', 'indicator', 1, 'must be true or false, but is 1'],
    ['id', 'encode', 'hash', 'must be one of auto, one-hot, target, frequency, index'],
    ['id', 'maxLevels', 0, 'must be a whole number from 1 to 1000000, but is 0'],
    ['id', 'minRows', 1.5, 'must be a whole number'],
    ['id', 'impute', 5, 'must be `level` or a text that stands for missing values, but is 5'],
    ['seenAt', 'parts', [], 'must be a list of some of minute, hour, weekday, day, month, year'],
    ['seenAt', 'parts', ['hour', 'hour'], 'must be a list'],
    ['seenAt', 'parts', ['second'], 'must be a list'],
    ['seenAt', 'cyclic', 'yes', 'must be true or false, but is "yes"'],
  ])('refuses %s.%s: %j', (column, option, value, finding) => {
    expect(() => resolve(planOf({ [column]: { [option]: value } }))).toThrow(
      refused(`features.columns.${column}.${option}`, finding),
    );
  });

  it('refuses wrong defaults, whether a column has the kind or not', () => {
    const defaults = { text: { unit: 'letter' }, colour: {} };
    const plan = { ...openPlan, defaults } as unknown as FeaturePlan;
    expect(() => resolve(plan)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ path: 'features.defaults.text.unit' }),
          expect.objectContaining({ path: 'features.defaults.colour' }),
        ],
      }),
    );
  });

  it('refuses options of a column that is no feature, and a second weight', () => {
    expect(() => resolve(planOf({ id: { role: 'key', encode: 'target' } }))).toThrow(
      refused('features.columns.id.encode', 'is an option of features, but id has the role key'),
    );
    expect(() => resolve(planOf({ zip: { role: 'weight' }, mass: { role: 'weight' } }))).toThrow(
      refused('features.columns.mass.role', 'is a weight, but zip is one already'),
    );
  });
});
