import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureProcess, type ProcessMeasurement } from '../../bench-process.js';
import { preparePythonEnvironment } from '../python-environment.js';

const here = fileURLToPath(new URL('../../../../bench/peers/duckdb/', import.meta.url));

export interface DuckdbPython {
  readonly name: string;
  /** Runs statements in a process of their own, from its start to its end. */
  run(statements: readonly string[]): Promise<ProcessMeasurement>;
}

/** DuckDB's Python package, with the settings of the engine that it is compared with. */
export function prepareDuckdbPython(
  folder: string,
  settings: Readonly<Record<string, string>>,
): DuckdbPython {
  const programs = preparePythonEnvironment('duckdb', join(here, 'requirements.txt'));
  const command = join(programs, 'python');
  const jobPath = join(folder, 'peer.json');
  const args = [join(here, 'run_sql.py'), jobPath];
  process.stderr.write(`peer: ${command} ${args.join(' ')}\n`);
  return {
    name: "DuckDB's Python package",
    run: (statements) => {
      writeFileSync(jobPath, JSON.stringify({ settings, statements }));
      return measureProcess(command, args);
    },
  };
}
