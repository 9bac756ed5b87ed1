import { quoteName } from './quote.js';
import type { SqlSession } from './session.js';

const integer = ' *[+-]?(0|[1-9][0-9]*) *';

/** A number in English notation. Leading zeros make a code, not a number. */
export const numberPattern =
  ' *[+-]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)? *|[+-]?([iI]nf|INF|[iI]nfinity|INFINITY)';

/** ISO 8601: a date, or a date and a time with or without a zone. */
export const datetimePattern =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}(:[0-9]{2})?)?)?';

/** A type that a column of texts may have: all texts match the pattern, and the cast where one is named. */
interface CandidateType {
  readonly sqlType: string;
  readonly pattern: string;
  readonly cast: string | null;
  readonly convert: (text: string) => string;
}

const finite = (number: string): string => `CASE WHEN isfinite(${number}) THEN ${number} END`;

/** From the most to the least specific. */
const candidates: readonly CandidateType[] = [
  {
    sqlType: 'BIGINT',
    pattern: integer,
    cast: 'BIGINT',
    convert: (text) => `CAST(${text} AS BIGINT)`,
  },
  {
    sqlType: 'HUGEINT',
    pattern: integer,
    cast: 'HUGEINT',
    convert: (text) => `CAST(${text} AS HUGEINT)`,
  },
  {
    sqlType: 'DOUBLE',
    pattern: numberPattern,
    cast: null,
    convert: (text) => finite(`CAST(${text} AS DOUBLE)`),
  },
  {
    sqlType: 'BOOLEAN',
    pattern: '[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]',
    cast: null,
    convert: (text) => `CAST(${text} AS BOOLEAN)`,
  },
  {
    sqlType: 'DATE',
    pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
    cast: 'DATE',
    convert: (text) => `CAST(${text} AS DATE)`,
  },
  {
    sqlType: 'TIMESTAMP',
    pattern: datetimePattern,
    cast: 'TIMESTAMPTZ',
    // Through TIMESTAMPTZ, because DuckDB's cast to TIMESTAMP drops the zone; the session's own zone is UTC.
    convert: (text) => `CAST(CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`,
  },
];

/** Numbers with a decimal comma; only where the comma is not the delimiter. */
const decimalComma: CandidateType = {
  sqlType: 'DOUBLE',
  pattern: ' *[+-]?(0|[1-9][0-9]*)(,[0-9]+)? *',
  cast: null,
  convert: (text) => `CAST(replace(${text}, ',', '.') AS DOUBLE)`,
};

const textType: CandidateType = {
  sqlType: 'VARCHAR',
  pattern: '',
  cast: null,
  convert: (text) => text,
};

/** Rows that are looked at first, to drop most candidates before whole columns are read. */
const probeRows = 200;

/** Columns looked at by one query: many make few queries, few keep each plan small. */
const batchSize = 50;

export interface DecidedType {
  readonly column: string;
  readonly sqlType: string;
  /** SQL expression that converts the column's text. */
  readonly expression: string;
}

/**
 * Decides the types of columns from all of their texts, missing ones left out: the most specific of BIGINT, HUGEINT,
 * DOUBLE, BOOLEAN (`true` and `false` in any case), DATE, TIMESTAMP (both ISO 8601) that every value of a column fits,
 * else VARCHAR.
 */
export async function decideCsvTypes(
  session: SqlSession,
  table: string,
  columns: readonly string[],
  delimiter: string,
): Promise<readonly DecidedType[]> {
  const types = delimiter === ',' ? candidates : [...candidates, decimalComma];
  const decided: DecidedType[] = [];
  for (let start = 0; start < columns.length; start += batchSize) {
    const undecided = await probe(session, table, columns.slice(start, start + batchSize), types);
    decided.push(...(await decideBatch(session, table, undecided)));
  }
  return decided;
}

interface Undecided {
  readonly column: string;
  /** Types that no value has contradicted so far. */
  readonly survivors: readonly CandidateType[];
}

async function probe(
  session: SqlSession,
  table: string,
  columns: readonly string[],
  types: readonly CandidateType[],
): Promise<readonly Undecided[]> {
  const rows = await session.rows<Record<string, string | null>>(
    `SELECT ${columns.map(quoteName).join(', ')} FROM ${table} LIMIT ${probeRows}`,
  );
  return columns.map((column) => {
    const texts = rows.flatMap((row) => row[column] ?? []);
    const survivors = types.filter(({ pattern }) => {
      const whole = new RegExp(`^(?:${pattern})$`);
      return texts.every((text) => whole.test(text));
    });
    return { column, survivors };
  });
}

async function decideBatch(
  session: SqlSession,
  table: string,
  columns: readonly Undecided[],
): Promise<readonly DecidedType[]> {
  const decided = new Map<string, CandidateType>();
  let undecided = columns.filter(({ survivors }) => survivors.length > 0);
  while (undecided.length > 0) {
    const checks = undecided.map(({ column, survivors }) =>
      fitsAll(survivors[0] ?? textType, column),
    );
    const fits = await session.values(`SELECT ${checks.join(', ')} FROM ${table}`);
    for (const [index, { column, survivors }] of undecided.entries()) {
      const first = survivors[0];
      if (first !== undefined && fits[index] === true) decided.set(column, first);
    }
    // A column without any value contradicts no type (null) and stays text.
    undecided = undecided
      .filter(({ survivors }, index) => fits[index] === false && survivors.length > 1)
      .map(({ column, survivors }) => ({ column, survivors: survivors.slice(1) }));
  }
  return columns.map(({ column }) => {
    const { sqlType, convert } = decided.get(column) ?? textType;
    return { column, sqlType, expression: convert(quoteName(column)) };
  });
}

function fitsAll({ pattern, cast }: CandidateType, column: string): string {
  const text = quoteName(column);
  const matches = `regexp_full_match(${text}, '${pattern}')`;
  const casts = cast === null ? '' : ` AND TRY_CAST(${text} AS ${cast}) IS NOT NULL`;
  return `bool_and(${matches}${casts}) FILTER (WHERE ${text} IS NOT NULL)`;
}
