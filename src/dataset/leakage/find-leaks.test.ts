import { describe, expect, test } from 'vitest';
import type { ColumnRole, FeaturePlan } from '../../contract/feature-plan.js';
import type { SplitPlan, Task } from '../../contract/pipeline-plan.js';
import { createRandomStream } from '../../contract/random-stream.js';
import { toColumnTable } from '../testdata/to-column-table.js';
import { findLeaks } from './find-leaks.js';
import type { LeakFinding } from './leakage-report.js';

type Value = number | string | boolean | Date | null;
type Columns = Readonly<Record<string, readonly Value[]>>;

const hash: SplitPlan = {
  type: 'hash',
  train: 0.7,
  validation: 0.15,
  test: 0.15,
  seed: 0,
  key: [],
  stratify: false,
  folds: null,
};
const byTime: SplitPlan = {
  type: 'time',
  train: 0.7,
  validation: 0.15,
  test: 0.15,
  by: 'at',
  gapMs: 0,
  folds: null,
};

interface Options {
  readonly task?: Task;
  readonly split?: SplitPlan;
  readonly roles?: Readonly<Record<string, ColumnRole>>;
  /** Side of each row: `test`, or the fold that validates on it, or -1. */
  readonly side?: (row: number) => number | 'test';
}

const inTurn = (row: number): number | 'test' => (row % 7 === 0 ? 'test' : row % 7 === 1 ? 0 : -1);
const latestLast =
  (rows: number) =>
  (row: number): number | 'test' =>
    row >= 0.85 * rows ? 'test' : row >= 0.7 * rows ? 0 : -1;

/** Looks for leaks of the target `y`. */
function leaksOf(columns: Columns, options: Options = {}): readonly LeakFinding[] {
  const { task = 'classification', split = hash, roles = {}, side = inTurn } = options;
  const rows = Array.from({ length: columns.y?.length ?? 0 }, (_, row) => row);
  const pick = (wanted: readonly number[]): Columns =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        wanted.map((row) => values[row] ?? null),
      ]),
    );
  const kept = rows.filter((row) => side(row) !== 'test');
  const plans = Object.entries(roles).map(([name, role]) => [name, { role, options: {} }]);
  const features: FeaturePlan = {
    defaults: {},
    columns: Object.fromEntries(plans),
    target: { transform: 'auto' },
  };
  const question = {
    development: toColumnTable({
      ...pick(kept),
      receta_fold: kept.map((row) => Number(side(row))),
    }),
    test: toColumnTable(pick(rows.filter((row) => side(row) === 'test'))),
    target: 'y',
    task,
    features,
    split,
  };
  return findLeaks(question, 'stop').findings;
}

const rowCount = 1_000;
const random = createRandomStream(1, 1);
const noise = Array.from({ length: rowCount }, () => random());
const other = Array.from({ length: rowCount }, () => random());
const classes = noise.map((value) => (value < 0.4 ? 'yes' : 'no'));
const day = (row: number): Date => new Date(Date.UTC(2024, 0, 1) + row * 86_400_000);

describe('columns that tell the target', () => {
  test('a text that says the same as the class stops, named with its figure and the remedy', () => {
    const alive = classes.map((label) => (label === 'yes' ? 'alive' : 'dead'));
    expect(leaksOf({ y: classes, alive, other })).toEqual([
      {
        kind: 'target-in-column',
        severity: 'stop',
        columns: ['alive'],
        figure: 1,
        message: expect.stringMatching(
          /'alive' gives the target away.*AUC of 1\.0000.*ignore: \[alive\].*validate\.leakage: warn/,
        ),
      },
    ]);
  });

  test('so does a number whose order does, whatever its scale or direction', () => {
    const score = noise.map((value) => -Math.exp(20 * value));
    expect(leaksOf({ y: classes, score, other })).toMatchObject([
      { severity: 'stop', columns: ['score'] },
    ]);
  });

  test('a number that tells a class in the middle of its order stops too', () => {
    const y = noise.map((value) => (value > 0.3 && value < 0.7 ? 'middle' : 'ends'));
    expect(leaksOf({ y, noise, other })).toMatchObject([{ severity: 'stop', columns: ['noise'] }]);
  });

  test('being missing can tell the target', () => {
    const found = classes.map((label, row) => (label === 'yes' ? (other[row] ?? 0) : null));
    expect(leaksOf({ y: classes, found })).toMatchObject([
      { severity: 'stop', columns: ['found'] },
    ]);
  });

  test('a class that one column tells while the others stay open is no leak', () => {
    const y = noise.map((value, row) => (value < 0.3 ? 'a' : (other[row] ?? 0) < 0.5 ? 'b' : 'c'));
    expect(leaksOf({ y, noise })).toEqual([]);
  });

  test('an id that only train rows know tells nothing', () => {
    const id = noise.map((_, row) => `user-${row}`);
    expect(leaksOf({ y: classes, id })).toEqual([]);
  });

  test('a column that is nearly always right gets a warning', () => {
    const guess = classes.map((label, row) => ((other[row] ?? 0) < 0.02 ? 'no' : label));
    expect(leaksOf({ y: classes, guess, other })).toMatchObject([
      { kind: 'target-in-column', severity: 'warn', columns: ['guess'] },
    ]);
  });

  test('for numbers it is the explained variance, of any shape', () => {
    const y = noise.map((value) => 1e6 * value ** 3);
    const double = y.map((value) => 2 * value + 10);
    const root = noise.map((value) => (value - 0.5) * 1e-3);
    const findings = leaksOf({ y, double, root, other }, { task: 'regression' });
    expect(findings).toMatchObject([
      { severity: 'stop', columns: ['double'] },
      { severity: 'stop', columns: ['root'] },
    ]);
    expect(findings[0]?.message).toContain("explains R2 = 1.0000 of 'y'");
  });

  test('a level that stands for one amount tells it', () => {
    const y = noise.map((_, row) => (row % 40) ** 2);
    const code = y.map((value) => `price-${value}`);
    expect(leaksOf({ y, code }, { task: 'regression' })).toMatchObject([
      { severity: 'stop', columns: ['code'] },
    ]);
  });

  test('an amount with a part that is unknown gets a warning, a hint of it none', () => {
    const y = noise.map((value) => 100 * value);
    const total = y.map((value, row) => value + 22 * (other[row] ?? 0));
    const hint = y.map((value, row) => value + 100 * (other[row] ?? 0));
    expect(leaksOf({ y, total, hint }, { task: 'regression' })).toMatchObject([
      { severity: 'warn', columns: ['total'] },
    ]);
  });

  test('targets of any size are measured', () => {
    const y = noise.map((value) => 1e300 * (value - 0.5));
    expect(leaksOf({ y, noise }, { task: 'regression' })).toMatchObject([{ columns: ['noise'] }]);
  });

  test('columns that are not learned from are not looked at', () => {
    const roles = { a: 'ignored', b: 'key', c: 'weight' } as const;
    expect(
      leaksOf({ y: noise, a: noise, b: noise, c: noise }, { task: 'regression', roles }),
    ).toEqual([]);
  });
});

describe('rows and things on both sides', () => {
  test('rows with a twin beside the test part are counted', () => {
    const twice = noise.map((_, row) => noise[row % 500] ?? 0);
    const [finding] = leaksOf(
      { y: twice.map((value) => value * 7 - 1 + value ** 2), x: twice.map(String) },
      { task: 'regression' },
    ).filter(({ kind }) => kind === 'shared-rows');
    expect(finding).toMatchObject({ severity: 'warn', columns: [] });
    expect(finding?.figure).toBeGreaterThan(0.6);
    expect(finding?.message).toMatch(
      /of 143 \(\d+\.\d %\) rows of the test part equal a row beside it/,
    );
  });

  test('equal features with another target are told apart', () => {
    const x = noise.map((_, row) => noise[row % 500] ?? 0);
    const message = leaksOf({ y: classes.map((_, row) => (row < 500 ? 'a' : 'b')), x })[0]?.message;
    expect(message).toMatch(/in all features, \d+ of them with another target only/);
  });

  test('cases that many rows share are no twins', () => {
    const x = noise.map((_, row) => row % 30);
    expect(leaksOf({ y: classes, x })).toEqual([]);
  });

  test('levels that two tables number differently are still the same', () => {
    const town = noise.map((_, row) => `town-${(row * 7919) % 500}`);
    const kinds = leaksOf({ y: classes, town, other }).map(({ kind }) => kind);
    expect(kinds).not.toContain('shared-rows');
    const same = noise.map((_, row) => (row * 7919) % 500);
    expect(leaksOf({ y: classes, town, same }).map(({ kind }) => kind)).toContain('shared-rows');
  });

  test('a group on both sides is a warning that names the key', () => {
    const team = noise.map((_, row) => `team-${row % 10}`);
    expect(leaksOf({ y: classes, other, team }, { roles: { team: 'group' } })).toMatchObject([
      {
        kind: 'shared-entity',
        severity: 'warn',
        columns: ['team'],
        figure: 1,
        message: expect.stringMatching(/group column 'team'.*split: \{ key: \[team\] \}/),
      },
    ]);
    const side = (row: number) => inTurn(row % 10);
    expect(leaksOf({ y: classes, other, team }, { roles: { team: 'group' }, side })).toEqual([]);
  });

  test('so is a column of names that come a few times each, and one called an id', () => {
    const customer = noise.map((_, row) => `c${row % 300}`);
    expect(leaksOf({ y: classes, other, customer })).toMatchObject([
      { kind: 'shared-entity', columns: ['customer'] },
    ]);
    const numbers = noise.map((_, row) => (row * 31) % 300);
    expect(leaksOf({ y: classes, other, customerId: numbers })).toMatchObject([
      { columns: ['customerId'] },
    ]);
    expect(leaksOf({ y: classes, other, rooms: numbers })).toEqual([]);
  });

  test('few names with many rows each are categories', () => {
    const town = noise.map((_, row) => `t${row % 20}`);
    expect(leaksOf({ y: classes, other, town })).toEqual([]);
  });

  test('a split by time may have the same thing on both sides', () => {
    const customer = noise.map((_, row) => `c${row % 300}`);
    const at = noise.map((_, row) => day(row));
    const options = {
      split: byTime,
      side: latestLast(rowCount),
      roles: { at: 'time', customer: 'group' },
    } as const;
    expect(leaksOf({ y: classes, other, at, customer }, options)).toEqual([]);
  });
});

describe('time', () => {
  const at = noise.map((_, row) => day(row));

  test('rows in order of a time that are dealt at random are worth a split by time', () => {
    const findings = leaksOf({ y: classes, other, at });
    expect(findings).toMatchObject([
      {
        kind: 'time-order',
        severity: 'warn',
        columns: ['at'],
        message: expect.stringContaining('split: { by: at }'),
      },
    ]);
  });

  test('so are rows with a column of the role time, in any order', () => {
    const shuffled = noise.map((_, row) => day((row * 37) % rowCount));
    expect(leaksOf({ y: classes, other, at: shuffled })).toEqual([]);
    expect(leaksOf({ y: classes, other, at: shuffled }, { roles: { at: 'time' } })).toMatchObject([
      { kind: 'time-order' },
    ]);
  });

  test('a time after the one by which rows are split may not be known yet', () => {
    const dropoff = noise.map((_, row) => new Date(day(row).getTime() + 600_000));
    const options = { split: byTime, side: latestLast(rowCount) };
    expect(leaksOf({ y: classes, other, at, dropoff }, options)).toMatchObject([
      {
        kind: 'later-time',
        severity: 'warn',
        columns: ['dropoff'],
        figure: 1,
        message: expect.stringContaining("'dropoff' is later than 'at'"),
      },
    ]);
    expect(
      leaksOf({ y: classes, other, at, dropoff }, { ...options, roles: { dropoff: 'ignored' } }),
    ).toEqual([]);
  });
});

describe('what else', () => {
  test('a number that counts the rows is a warning', () => {
    const id = noise.map((_, row) => 3 * row);
    expect(leaksOf({ y: classes, other, id })).toMatchObject([
      { kind: 'row-number', severity: 'warn', columns: ['id'] },
    ]);
  });

  test('a class without a test row is a warning', () => {
    const y = noise.map((_, row) => (row % 70 === 1 ? 'rare' : row % 3 === 0 ? 'a' : 'b'));
    expect(leaksOf({ y, other })).toMatchObject([
      { kind: 'unmeasured-class', severity: 'warn', columns: ['y'], figure: 15 },
    ]);
  });

  test('a table of a few rows gives no finding by chance', () => {
    const y = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'b', 'a'];
    expect(leaksOf({ y, x: [3, 1, 4, 1.5, 5, 9, 2, 6, 5.3, 3.5, 5.8, 7] })).toEqual([]);
    expect(leaksOf({ y: [], x: [] })).toEqual([]);
  });

  test('nothing is looked at where the checks are off', () => {
    const table = toColumnTable({ y: ['a'], receta_fold: [0] });
    const features = { defaults: {}, columns: {}, target: { transform: 'auto' } } as const;
    const question = {
      development: table,
      test: table,
      target: 'y',
      task: 'classification',
      features,
      split: hash,
    } as const;
    expect(findLeaks(question, 'off')).toEqual({
      format: 'receta-leakage/1',
      checked: false,
      findings: [],
    });
  });

  test('the same tables give the same report', () => {
    const table = { y: classes, other, copy: classes };
    expect(leaksOf(table)).toEqual(leaksOf(table));
  });
});
