import type { SplitPlan } from '../../contract/pipeline-plan.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteName } from '../sql/quote.js';
import { createAssignment, marks } from './assignment.js';
import { findSplitColumn, type SplitSource, splitInvalid } from './split-source.js';

type TimeSplit = Extract<SplitPlan, { readonly type: 'time' }>;

/** Where the parts begin, in the unit of the time column. */
interface Cuts {
  readonly test: string;
  /** Where the window of each fold begins, the latest first; the window of fold i ends where that of fold i - 1 begins. */
  readonly windows: readonly string[];
}

/**
 * Assigns rows by their order in time. The latest rows are the test part, the windows before it validate, and a fold
 * trains on what is earlier than its window. Fold 0 has the latest window and so the most rows to train on. Rows of
 * equal time stay together; rows nearer than the gap before a part that they would be compared with are left out.
 */
export async function assignByTime(source: SplitSource, split: TimeSplit): Promise<void> {
  const column = findSplitColumn(source, split.by, 'split.by');
  const time = toTime(column, split);
  await refuseMissingTimes(source, column);
  const cuts = await findCuts(source, time, toGoals(source.knownRows, split), column);
  // Dates and times are counted in microseconds.
  const gap = column.kind === 'datetime' ? split.gapMs * 1_000 : split.gapMs;
  await createAssignment(source.session, assignmentOf(source, time, cuts, gap));
}

/** SQL expression of a row's time: microseconds since 1970, or the number as it is. */
function toTime({ name, kind }: ColumnInfo, { gapMs }: TimeSplit): string {
  const column = quoteName(name);
  if (kind === 'datetime') return `epoch_us(${column}::TIMESTAMP)`;
  if (kind !== 'number') {
    throw splitInvalid(
      `'${name}' is to order it by time, but holds ${kind} values; make it a date, a time or a number in the transform.`,
      'split.by',
    );
  }
  if (gapMs === 0) return column;
  throw splitInvalid(
    `a gap is a length of time, but '${name}' holds numbers; make it a time in the transform, e.g. with to_timestamp(), ` +
      'or leave gap out.',
    'split.gap',
  );
}

async function refuseMissingTimes(source: SplitSource, { name }: ColumnInfo): Promise<void> {
  const { missing } = await source.session.row<{ missing: number }>(
    `SELECT count(*)::DOUBLE AS missing FROM ${source.sql} WHERE ${source.isKnown} AND ${quoteName(name)} IS NULL`,
  );
  if (missing === 0) return;
  throw splitInvalid(
    `'${name}' is to order it by time, but has no value in ${missing} of ${source.knownRows} rows; leave these rows out ` +
      'in the transform, or split by another column.',
    'split.by',
  );
}

/** How many rows are to lie before each cut: the test part first, then the windows from the latest on. */
function toGoals(rows: number, { test, train, folds }: TimeSplit): readonly number[] {
  const development = rows * (1 - test);
  if (folds === null) return [development, rows * train];
  // As many rows as in a window are there to train the earliest fold (as TimeSeriesSplit of scikit-learn does it).
  const windows = Array.from({ length: folds }, (_, fold) => (folds - fold) / (folds + 1));
  return [development, ...windows.map((share) => development * share)];
}

/** The times at which the numbers of earlier rows come nearest to the goals. */
async function findCuts(
  source: SplitSource,
  time: string,
  goals: readonly number[],
  { name }: ColumnInfo,
): Promise<Cuts> {
  const nearest = goals.map(
    (goal, index) => `arg_min(time, abs(before - ${goal}))::VARCHAR AS cut${index}`,
  );
  const found = await source.session.row<Record<string, string>>(
    `WITH times AS (SELECT ${time} AS time, count(*) AS rows FROM ${source.sql} WHERE ${source.isKnown} GROUP BY time),
       ordered AS (SELECT time, sum(rows) OVER (ORDER BY time) - rows AS before FROM times)
     SELECT ${nearest.join(', ')} FROM ordered`,
  );
  const [test = '', ...windows] = goals.map((_, index) => found[`cut${index}`] ?? '');
  if (new Set([test, ...windows]).size < goals.length) {
    throw splitInvalid(
      `'${name}' has too few different values to cut it into ${goals.length + 1} parts; use a finer time, fewer folds or ` +
        'another type of split.',
      'split.by',
    );
  }
  return { test, windows };
}

function assignmentOf(
  { sql, isKnown }: SplitSource,
  time: string,
  { test, windows }: Cuts,
  gap: number,
): string {
  const before = (cut: string): string => `time < ${cut} - ${gap}`;
  const windowOf = windows.map((cut, fold) => `WHEN time >= ${cut} THEN ${fold}`).join(' ');
  const trains = windows.map((cut) => `(${before(cut)})::INTEGER`).join(' + ');
  return `SELECT trains, CASE WHEN NOT known THEN ${marks.noTarget} WHEN time >= ${test} THEN ${marks.test}
      WHEN NOT (${before(test)}) THEN ${marks.gap} ${windowOf}
      WHEN trains = 0 THEN ${marks.gap} ELSE ${marks.trainOnly} END AS fold
    FROM (SELECT *, coalesce(${trains}, 0) AS trains
      FROM (SELECT ${isKnown} AS known, ${time} AS time FROM ${sql}))`;
}
