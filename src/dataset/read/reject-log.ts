import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Problem, RecetaError } from '../../contract/errors.js';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { sourceError } from './source-error.js';

const maxProblems = 20;
const maxTextLength = 10_000;

/** Collects the rows that could not be read: as the error to stop with, or set aside. */
export class RejectLog {
  readonly #policy: ReadOptions['badRows'];
  readonly #path: string;
  #stream: WriteStream | null = null;
  #problems: { readonly file: string; readonly problem: Problem }[] = [];
  count = 0;

  /** @param path where rows are kept until they become Parquet */
  constructor(policy: ReadOptions['badRows'], path: string) {
    this.#policy = policy;
    this.#path = path;
  }

  /** @returns whether reading is to go on */
  async add(file: string, problem: Problem, text: string): Promise<boolean> {
    this.count += 1;
    if (this.#policy === 'stop') {
      this.#problems.push({ file, problem });
      return this.#problems.length < maxProblems;
    }
    this.#stream ??= createWriteStream(this.#path);
    const reason =
      problem.path === undefined ? problem.message : `${problem.path}: ${problem.message}`;
    const fields = [file, String(problem.line ?? ''), text.slice(0, maxTextLength), reason];
    const record = `${fields.map(toField).join(',')}\n`;
    if (!this.#stream.write(record)) await once(this.#stream, 'drain');
    return true;
  }

  /** The error that stops reading; `null`: there is none. */
  toError(): RecetaError | null {
    const [first, ...others] = this.#problems;
    if (first === undefined) return null;
    const { message } = first.problem;
    const problem = {
      ...first.problem,
      message: `${message}; correct it, or set \`badRows: quarantine\` to set such rows aside`,
    };
    return sourceError('source-unreadable', first.file, problem, {
      others: others.map((other) => other.problem),
    });
  }

  /** The error for what cannot be set aside, because nothing behind it can be read. */
  fatal(file: string, problem: Problem): RecetaError {
    const [first] = this.#problems;
    if (first === undefined || first.problem === problem) {
      return sourceError('source-unreadable', file, problem);
    }
    return this.toError() ?? sourceError('source-unreadable', file, problem);
  }

  /** Writes the rows set aside, if any, as Parquet: file, line, text, reason. */
  async write(session: SqlSession, rejectsPath: string): Promise<void> {
    if (this.#stream === null) return;
    this.#stream.end();
    await finished(this.#stream);
    await session.run(
      `COPY (SELECT * FROM read_csv(${quoteText(this.#path)}, auto_detect = false, header = false,
        delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false,
        columns = {file: 'VARCHAR', line: 'BIGINT', text: 'VARCHAR', reason: 'VARCHAR'}))
       TO ${quoteText(rejectsPath)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  }
}

function toField(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('\0', '').replaceAll('"', '""')}"`;
}
