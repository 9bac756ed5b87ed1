import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printBenchReport } from './bench-report.js';
import { benchReadCsv } from './table/read-csv.js';
import { benchTransform } from './table/transform-flights.js';

const quick = process.argv.includes('--quick');
const folder = await mkdtemp(join(tmpdir(), 'receta-bench-'));
const bench = {
  folder,
  rounds: quick ? 2 : 5,
  withPeers: !process.argv.includes('--no-peers'),
  rowLimit: quick ? 300_000 : null,
};

try {
  printBenchReport('table', [...(await benchTransform(bench)), ...(await benchReadCsv(bench))]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
