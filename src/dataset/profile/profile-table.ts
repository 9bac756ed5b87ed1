import type { ColumnInfo, ColumnProfile, TableProfile, ValueCount } from '../table-profile.js';
import { datetimePattern, numberPattern } from './csv-types.js';
import { describeTable } from './describe-table.js';
import { quoteName } from './quote.js';
import type { SqlSession, SqlValue } from './session.js';

/** Columns summarized by one query. */
const batchSize = 25;

const topValueCount = 10;
const maxValueLength = 200;
/** Numbers and times with more different values have no frequent ones worth a query. */
const maxListedValues = 1_000;

/** Share of a text column's values from which on it counts as almost a number or date column. */
const almostShare = 0.8;

/** Summarizes the table `source`: a few queries, whatever its number of rows. */
export async function profileTable(
  session: SqlSession,
  notes: readonly string[],
): Promise<TableProfile> {
  const infos = await describeTable(session, 'source');
  const { rows, distinct } = await session.row<{ rows: number; distinct: number }>(
    `SELECT (SELECT count(*) FROM source)::DOUBLE AS rows,
      (SELECT count(*) FROM (SELECT DISTINCT * FROM source))::DOUBLE AS distinct`,
  );
  const columns: ColumnProfile[] = [];
  for (let start = 0; start < infos.length; start += batchSize) {
    columns.push(...(await profileColumns(session, infos.slice(start, start + batchSize), rows)));
  }
  return { rows, columns, duplicateRows: rows - distinct, notes };
}

async function profileColumns(
  session: SqlSession,
  infos: readonly ColumnInfo[],
  rows: number,
): Promise<readonly ColumnProfile[]> {
  const expressions = infos.flatMap((info) => Object.values(statisticsOf(info)));
  const values = await session.values(`SELECT ${expressions.join(', ')} FROM source`);
  const profiles: ColumnProfile[] = [];
  let next = 0;
  for (const info of infos) {
    const names = Object.keys(statisticsOf(info));
    const found = Object.fromEntries(names.map((name, index) => [name, values[next + index]]));
    next += names.length;
    profiles.push(await toColumnProfile(session, info, rows, found as unknown as Statistics));
  }
  return profiles;
}

/** One SQL aggregate for each figure, and the figures themselves once they are known. */
interface Statistics extends Record<string, SqlValue> {
  readonly filled: number;
  readonly distinct: number;
  readonly min: number | string | null;
  readonly max: number | string | null;
  readonly mean: number | null;
  readonly std: number | null;
  readonly whole: boolean | null;
  /** Values of interest: unsafe integers, or texts that read as numbers or as times. */
  readonly unsafeCount: number;
  readonly unsafeRow: number | null;
  readonly unsafeValue: string | null;
  readonly numberCount: number;
  readonly noNumberRow: number | null;
  readonly noNumberValue: string | null;
  readonly datetimeCount: number;
  readonly noDatetimeRow: number | null;
  readonly noDatetimeValue: string | null;
}

function statisticsOf(info: ColumnInfo): Readonly<Record<string, string>> {
  const column = quoteName(info.name);
  const counts = {
    filled: `count(${column})::DOUBLE`,
    distinct: `count(DISTINCT ${column})::DOUBLE`,
  };
  switch (info.kind) {
    case 'number':
      return { ...counts, ...numberStatistics(column), ...unsafeStatistics(info, column) };
    case 'datetime': {
      const iso = (value: string): string => `strftime(${value}::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ')`;
      return { ...counts, min: iso(`min(${column})`), max: iso(`max(${column})`) };
    }
    case 'text': {
      const text = `${column}::VARCHAR`;
      const isNumber = `regexp_full_match(${text}, '${numberPattern}')`;
      const isTime = `regexp_full_match(${text}, '${datetimePattern}')`;
      return {
        ...counts,
        numberCount: `(count(*) FILTER (WHERE ${isNumber}))::DOUBLE`,
        ...firstWhere(`NOT ${isNumber}`, text, 'noNumber'),
        datetimeCount: `(count(*) FILTER (WHERE ${isTime}))::DOUBLE`,
        ...firstWhere(`NOT ${isTime}`, text, 'noDatetime'),
      };
    }
    case 'boolean':
      return counts;
  }
}

function numberStatistics(column: string): Readonly<Record<string, string>> {
  const number = `${column}::DOUBLE`;
  // Squares of larger values overflow, which DuckDB treats as an error.
  const moderate = `FILTER (WHERE abs(${number}) < 1e150)`;
  return {
    min: `min(${number})`,
    max: `max(${number})`,
    mean: `avg(${number}) ${moderate}`,
    std: `stddev_samp(${number}) ${moderate}`,
    whole: `bool_and(${number} = floor(${number}))`,
  };
}

const wideIntegers = new Set(['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT']);

function unsafeStatistics(info: ColumnInfo, column: string): Readonly<Record<string, string>> {
  if (!wideIntegers.has(info.sqlType)) return {};
  const limit = Number.MAX_SAFE_INTEGER;
  const unsafe = `${column} > ${limit} OR ${column} < -${limit}`;
  return {
    unsafeCount: `(count(*) FILTER (WHERE ${unsafe}))::DOUBLE`,
    ...firstWhere(unsafe, `${column}::VARCHAR`, 'unsafe'),
  };
}

function firstWhere(
  condition: string,
  text: string,
  name: string,
): Readonly<Record<string, string>> {
  return {
    [`${name}Row`]: `(min(rowid) FILTER (WHERE ${condition}) + 1)::DOUBLE`,
    [`${name}Value`]: `arg_min(left(${text}, ${maxValueLength}), rowid) FILTER (WHERE ${condition})`,
  };
}

async function toColumnProfile(
  session: SqlSession,
  info: ColumnInfo,
  rows: number,
  found: Statistics,
): Promise<ColumnProfile> {
  const { filled, distinct } = found;
  const listed = info.kind === 'text' || info.kind === 'boolean' || distinct <= maxListedValues;
  return {
    ...info,
    nulls: rows - filled,
    distinct,
    min: found.min ?? null,
    max: found.max ?? null,
    mean: found.mean ?? null,
    std: found.std ?? null,
    wholeNumbers: found.whole ?? false,
    constant: distinct === 0 || (distinct === 1 && filled === rows),
    topValues: listed && distinct < filled ? await readTopValues(session, info) : [],
    unsafeIntegers: toUnsafeIntegers(found),
    almost: info.kind === 'text' ? toAlmost(found) : null,
  };
}

function readTopValues(session: SqlSession, info: ColumnInfo): Promise<readonly ValueCount[]> {
  const column = quoteName(info.name);
  return session.rows<{ value: string; count: number }>(
    `SELECT left(${column}::VARCHAR, ${maxValueLength}) AS value, count(*)::DOUBLE AS count
     FROM source WHERE ${column} IS NOT NULL GROUP BY ${column}
     ORDER BY count(*) DESC, ${column} LIMIT ${topValueCount}`,
  );
}

function toUnsafeIntegers(found: Statistics): ColumnProfile['unsafeIntegers'] {
  const { unsafeCount: count, unsafeRow: row, unsafeValue: value } = found;
  return row == null || value == null ? null : { count, example: { row, value } };
}

function toAlmost(found: Statistics): ColumnProfile['almost'] {
  const enough = almostShare * found.filled;
  const { noNumberRow, noNumberValue, noDatetimeRow, noDatetimeValue } = found;
  if (found.numberCount >= enough && noNumberRow !== null && noNumberValue !== null) {
    const exception = { row: noNumberRow, value: noNumberValue };
    return { kind: 'number', count: found.numberCount, exception };
  }
  if (found.datetimeCount >= enough && noDatetimeRow !== null && noDatetimeValue !== null) {
    const exception = { row: noDatetimeRow, value: noDatetimeValue };
    return { kind: 'datetime', count: found.datetimeCount, exception };
  }
  return null;
}
