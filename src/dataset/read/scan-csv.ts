import type { ColumnEvidence } from './column-evidence.js';
import { type CsvFile, type CsvPass, openCsvPass } from './csv-file.js';
import { type CsvFileTraits, fieldFlag } from './csv-form.js';
import { EvidenceCollector } from './evidence-collector.js';
import type { RejectLog } from './reject-log.js';

export interface ScannedCsv {
  readonly rows: number;
  readonly rejected: number;
  readonly traits: CsvFileTraits;
  /** Of the texts that mean a missing value, those that may be in the file; `null` as in the file's form. */
  readonly seenNulls: ReadonlySet<string> | null;
}

/**
 * Reads every record of a CSV file once: counts rows, adds to the evidence of its columns' types, and logs records that
 * are no rows.
 *
 * @param columns evidence by field of the file; `null` for fields whose type is given
 * @throws RecetaError `source-unreadable` when the log says to stop
 */
export async function scanCsv(
  file: CsvFile,
  columns: readonly ColumnEvidence[],
  rejects: RejectLog,
  rowsBefore: number,
): Promise<ScannedCsv> {
  const pass = await openCsvPass(file);
  const collector = new EvidenceCollector({
    automaton: pass.automaton,
    rules: file.rules,
    nulls: file.nulls ?? new Set(['']),
    columns,
    fileName: file.name,
    rowsBefore,
  });
  let rejected = 0;
  try {
    rejected = await scanRecords(pass, file.name, collector, rejects);
  } finally {
    await pass.records.close();
  }
  const error = rejects.toError();
  if (error !== null) throw error;
  collector.finish();
  const seenNulls = file.nulls === null ? null : collector.nulls;
  return { rows: collector.rows, rejected, traits: pass.records.traits, seenNulls };
}

/** @returns number of records that are no rows */
async function scanRecords(
  { records, judge }: CsvPass,
  fileName: string,
  collector: EvidenceCollector,
  rejects: RejectLog,
): Promise<number> {
  let rejected = 0;
  while (await records.fill()) {
    while ((judge.takesPlainRecords && records.nextRun()) || records.next()) {
      const problem = records.isPlain && judge.takesPlainRecords ? null : judge.judge(records);
      if (problem === null) {
        collector.add(records);
        continue;
      }
      rejected += 1;
      const text = records.bytes.toString('utf8', records.recordStart, records.recordEnd);
      const goesOn = await rejects.add(fileName, problem, text);
      // What stands behind an open quote is lost to it, so nothing is left to go on with.
      const isLast = records.fault === 'open-quote' || records.fault === 'too-long';
      if (isLast) throw rejects.fatal(fileName, problem);
      if (!goesOn) return rejected;
    }
  }
  return rejected;
}

/** Whether DuckDB's reader would find the same records in the file as we do. */
export function isPlainCsv({ layout, traits, rejected }: CsvFile & ScannedCsv): boolean {
  const { lineFeeds, pairs, returns, innerBlankLines, finalBlankLines, fieldFlags } = traits;
  const isEven = returns === 0 && (lineFeeds === 0 || pairs === 0);
  const odd = fieldFlag.nul | fieldFlag.strayQuote | (pairs > 0 ? fieldFlag.quoted : 0);
  return (
    layout.skipRecords !== null &&
    isEven &&
    rejected === 0 &&
    innerBlankLines + finalBlankLines === 0 &&
    (fieldFlags & odd) === 0
  );
}
