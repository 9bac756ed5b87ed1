import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const fileName = 'flights-3m.parquet';
const packageName = 'vega-datasets@3.2.1';

/**
 * Path of 3,000,000 flights (time, delay, distance, origin, destination): in the folder that RECETA_BENCH_DATA names,
 * else taken once from the npm package vega-datasets into the cache folder.
 */
export function findFlights(): string {
  const given = process.env.RECETA_BENCH_DATA;
  if (given !== undefined && given !== '') {
    const path = join(given, fileName);
    if (existsSync(path)) return path;
    throw new Error(`RECETA_BENCH_DATA names ${given}, which has no ${fileName}`);
  }
  const cache = process.env.RECETA_CACHE_DIR ?? join(homedir(), '.cache', 'receta');
  const folder = join(cache, 'bench', packageName);
  const path = join(folder, fileName);
  if (!existsSync(path)) fetchFlights(folder, path);
  return path;
}

function fetchFlights(folder: string, path: string): void {
  process.stderr.write(`fetching ${packageName} into ${folder}\n`);
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, 'pack-'));
  try {
    const archive = execFileSync('npm', ['pack', packageName, '--silent'], {
      cwd: temporary,
      encoding: 'utf8',
    }).trim();
    const inside = `package/data/${fileName}`;
    execFileSync('tar', ['-xzf', archive, inside], { cwd: temporary });
    renameSync(join(temporary, inside), path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
