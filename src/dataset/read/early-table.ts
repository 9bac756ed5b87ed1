import { stat } from 'node:fs/promises';
import { openCsvPass } from './csv-file.js';
import { csvTableQuery, type TableFile } from './csv-table-query.js';
import type { DecidedType } from './decide-type.js';
import { EvidenceCollector } from './evidence-collector.js';
import type { CsvPlan } from './plan-csv-files.js';
import type { ReadPlace } from './read-place.js';
import { isPlainCsv } from './scan-csv.js';
import { SourceEvidence } from './source-evidence.js';
import type { ScannedFile } from './write-csv-table.js';
import { writeTable } from './write-table.js';

/** Smaller sources are scanned sooner than this pays. */
const minSourceBytes = 8 << 20;
const longestRecordBytes = 1 << 20;

/**
 * A table that DuckDB begins to write, in a thread of its own, while Node still scans the files: with the types that
 * the first rows suggest. It counts only if the scan of all rows comes to the same types and the same form; otherwise
 * it is thrown away.
 */
export class EarlyTable {
  readonly #place: ReadPlace;
  readonly #types: readonly DecidedType[];
  readonly #hasLineFeeds: boolean;
  readonly #nulls: ReadonlySet<string> | null;
  readonly #written: Promise<number | null>;

  /** @returns null for sources that are small, or odd from the start */
  static async begin(place: ReadPlace, plan: CsvPlan): Promise<EarlyTable | null> {
    const [first] = plan.files;
    if (first === undefined) return null;
    const sizes = await Promise.all(plan.files.map(async ({ path }) => (await stat(path)).size));
    const isLarge = sizes.reduce((sum, size) => sum + size, 0) >= minSourceBytes;
    if (!isLarge || plan.files.some(({ layout }) => layout.skipRecords === null)) return null;
    const sample = await sampleFirst(plan);
    return sample === null ? null : new EarlyTable(place, plan, sample);
  }

  private constructor(place: ReadPlace, plan: CsvPlan, { types, hasLineFeeds, nulls }: Sample) {
    this.#place = place;
    this.#types = types;
    this.#hasLineFeeds = hasLineFeeds;
    this.#nulls = nulls;
    const files = plan.files.map(({ path, layout }): TableFile => {
      const { delimiter, quote, skipRecords } = layout;
      const form = { path, delimiter, quote, skipRecords: skipRecords ?? 0 };
      return { input: { ...form, hasLineFeeds, longestRecordBytes }, names: layout.names, nulls };
    });
    const query = csvTableQuery(files, plan.files[0]?.layout.names ?? [], types);
    // Whatever it stumbles over, the ordinary way finds and names better.
    this.#written = writeTable(place.session, query, types.length, place.outputPath).catch(
      () => null,
    );
  }

  /** Whether the table that was written is the one that the scan calls for. */
  async isRight(files: readonly ScannedFile[], types: readonly DecidedType[]): Promise<boolean> {
    const isSame =
      types.every((type, index) => isSameType(type, this.#types[index])) &&
      files.every((file) => {
        const { pairs, longestRecordBytes: longest } = file.traits;
        return (
          isSameSet(file.seenNulls, this.#nulls) &&
          isPlainCsv(file) &&
          (pairs === 0) === this.#hasLineFeeds &&
          longest <= longestRecordBytes
        );
      });
    if (!isSame) {
      await this.abandon();
      return false;
    }
    return (await this.#written) === files.reduce((sum, file) => sum + file.rows, 0);
  }

  async abandon(): Promise<void> {
    this.#place.session.connection.interrupt();
    await this.#written;
  }
}

/** What the first records suggest. */
interface Sample {
  readonly types: readonly DecidedType[];
  readonly hasLineFeeds: boolean;
  readonly nulls: ReadonlySet<string> | null;
}

/** Looks at the first buffer full of records; `null`: one of them is odd. */
async function sampleFirst(plan: CsvPlan): Promise<Sample | null> {
  const [first] = plan.files;
  if (first === undefined) return null;
  const { records, judge, automaton } = await openCsvPass(first);
  const evidence = new SourceEvidence(first.layout.names);
  const collector = new EvidenceCollector({
    automaton,
    rules: first.rules,
    nulls: first.nulls ?? new Set(['']),
    columns: evidence.of(first),
    fileName: first.name,
    rowsBefore: 0,
  });
  try {
    await records.fill();
    while (records.next()) {
      if (judge.judge(records) !== null) return null;
      collector.add(records);
    }
  } finally {
    await records.close();
  }
  collector.finish();
  const types = evidence.decide(first, plan.givenTime);
  const nulls = first.nulls === null ? null : collector.nulls;
  return { types, hasLineFeeds: records.traits.pairs === 0, nulls };
}

function isSameType(a: DecidedType, b: DecidedType | undefined): boolean {
  return a.readType === b?.readType && a.sqlType === b.sqlType && a.convert('x') === b.convert('x');
}

function isSameSet(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === null || b === null) return a === b;
  return a.size === b.size && [...a].every((text) => b.has(text));
}
