import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { type CsvFile, openCsvPass, toNulls } from '../read/csv-file.js';
import { toDeclaredType } from '../read/declared-type.js';
import { readJsonRows } from '../read/json-rows.js';
import { JsonTexts } from '../read/json-texts.js';
import type { PlainFile } from '../read/plain-file.js';
import { planCsvFiles } from '../read/plan-csv-files.js';
import { parseStrptimePattern } from '../read/strptime-pattern.js';
import { unpackFiles } from '../read/unpack-files.js';
import { quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import type { SourcePlace, SqlJobOf } from '../sql-job.js';

/** The files and lines in which data rows stand; lines are `null` for Parquet and for JSON arrays. */
export async function findLines(
  session: SqlSession,
  job: SqlJobOf<'find-lines'>,
): Promise<readonly SourcePlace[]> {
  const { format, files } = await unpackFiles(job);
  const finder = new RowFinder(job.rows);
  if (format === 'csv') {
    const plan = await planCsvFiles(files, job.read);
    for (const file of plan.files) await findInCsv(file, finder);
  } else if (format === 'json') {
    for (const file of files) await findInJson(file, job.read, finder);
  } else {
    for (const file of files) finder.passAll(file.name, await countParquetRows(session, file));
  }
  return finder.places(files[0]?.name ?? '');
}

/** Notes the places of wanted rows while rows go by in their order. */
class RowFinder {
  readonly #wanted: readonly number[];
  readonly #rows: readonly number[];
  readonly #found = new Map<number, SourcePlace>();
  #row = 0;
  #next = 0;

  constructor(rows: readonly number[]) {
    this.#rows = rows;
    this.#wanted = [...new Set(rows)].sort((a, b) => a - b);
  }

  get isDone(): boolean {
    return this.#next >= this.#wanted.length;
  }

  pass(file: string, line: number | null): void {
    if (this.#row === this.#wanted[this.#next]) {
      this.#found.set(this.#row, { row: this.#row, file, line });
      this.#next += 1;
    }
    this.#row += 1;
  }

  /** Passes many rows that stand in no line. */
  passAll(file: string, count: number): void {
    const end = this.#row + count;
    while (!this.isDone && (this.#wanted[this.#next] ?? end) < end) {
      this.#row = this.#wanted[this.#next] ?? end;
      this.pass(file, null);
    }
    this.#row = end;
  }

  /** In the order in which they were asked for. */
  places(unknownFile: string): readonly SourcePlace[] {
    return this.#rows.map((row) => this.#found.get(row) ?? { row, file: unknownFile, line: null });
  }
}

async function countParquetRows(session: SqlSession, { path }: PlainFile): Promise<number> {
  const { rows } = await session.row<{ rows: number }>(
    `SELECT num_rows::DOUBLE AS rows FROM parquet_file_metadata(${quoteText(path)})`,
  );
  return rows;
}

async function findInCsv(file: CsvFile, finder: RowFinder): Promise<void> {
  const { records, judge } = await openCsvPass(file);
  try {
    while (!finder.isDone && (await records.fill())) {
      while (!finder.isDone && records.next()) {
        if (judge.judge(records) === null) finder.pass(file.name, records.line);
      }
    }
  } finally {
    await records.close();
  }
}

async function findInJson(file: PlainFile, read: ReadOptions, finder: RowFinder): Promise<void> {
  const texts = await JsonTexts.open(file.path);
  await texts.close();
  const givenTime = read.datetimeFormat === null ? null : parseStrptimePattern(read.datetimeFormat);
  const declared = new Map(
    Object.entries(read.types).map(([key, type]) => [
      key,
      toDeclaredType(type, { decimal: '.', givenTime }),
    ]),
  );
  for await (const row of readJsonRows(file, declared, toNulls(read.nulls))) {
    if (finder.isDone) return;
    if ('members' in row) finder.pass(file.name, texts.isArray ? null : row.line);
  }
}
