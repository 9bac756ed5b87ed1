import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ColumnTable } from '../../../src/features/column-table.js';
import { preparePythonEnvironment } from '../python-environment.js';

export interface ScikitLearn {
  readonly name: string;
  /** Seconds to fit the flights and apply the result to them twice, as train and as validation part. */
  fitAndApply(): Promise<number>;
  /** Microseconds a row of the mixed table, each transformed on its own. */
  applyRow(): Promise<number>;
  stop(): Promise<void>;
}

const here = join(process.cwd(), 'bench', 'peers', 'scikit-learn');

/** A ColumnTransformer in a Python process of one thread, which gets the tables as files before anything is timed. */
export async function startScikitLearn(
  tables: Readonly<Record<string, ColumnTable>>,
): Promise<ScikitLearn> {
  const programs = preparePythonEnvironment('scikit-learn', join(here, 'requirements.txt'));
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-features-'));
  for (const [name, table] of Object.entries(tables)) await writeTable(folder, name, table);
  process.stderr.write('peer: OMP_NUM_THREADS=1 python features.py FOLDER\n');
  const env = { PATH: programs, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn('python', [join(here, 'features.py'), folder], {
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<{ readonly seconds: number }> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('features.py ended before it answered');
    return JSON.parse(value);
  };
  await answer();
  const ask = async (question: string): Promise<number> => {
    child.stdin.write(`${question}\n`);
    return (await answer()).seconds;
  };
  return {
    name: 'scikit-learn 1.9.1 ColumnTransformer, 1 thread',
    fitAndApply: () => ask('fitAndApply'),
    applyRow: async () => (await ask('applyRow')) * 1e6,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One file of numbers a column, and a list of the columns. */
async function writeTable(folder: string, name: string, table: ColumnTable): Promise<void> {
  const heads: object[] = [];
  for (const [column, values] of table.columns) {
    const path = join(folder, `${name}.${heads.length}.bin`);
    const { kind } = values;
    heads.push(
      kind === 'text' ? { name: column, kind, levels: values.levels } : { name: column, kind },
    );
    await writeFile(path, kind === 'text' ? values.codes : values.values);
  }
  await writeFile(join(folder, `${name}.json`), JSON.stringify(heads));
}
