import { cpus } from 'node:os';
import { type BenchRow, printBenchReport } from './bench-report.js';
import { CellComputer } from './quality/cell-computer.js';
import type { Cell } from './quality/cell-store.js';
import { type LoadedTable, loadQualityTable } from './quality/load-quality-table.js';
import { parseQualityOptions } from './quality/parse-quality-options.js';
import { isBetter, toQualityRow } from './quality/quality-row.js';
import type { QualityTable } from './quality/quality-tables.js';
import { runPool } from './quality/run-pool.js';
import { testRows, toTruth } from './quality/test-answers.js';

// How good our models are on test rows that they have never seen, beside LightGBM as people use it: every family at its
// defaults, then what tuning and an ensemble make of them within a few minutes. Training rows, the fifth of them that
// decides when to stop, and test rows are the same for all. Finished cells are kept: a call that was stopped goes on.

const options = parseOptions();
/** Trainings at a time, each on one thread. */
const width = Math.min(2, cpus().length);
const cells = new CellComputer(options, width);

const rows: BenchRow[] = [];
/** Tables on which RealMLP did better than the plain MLP, and the ensemble better than every single model. */
const wins = { realmlp: [] as boolean[], ensemble: [] as boolean[] };
for (const definition of options.tables) rows.push(...(await measureTable(definition)));
printBenchReport('quality', [
  ...rows,
  ...toWinsRow('tablesWhereRealmlpBeatsMlp', wins.realmlp),
  ...toWinsRow('tablesWhereEnsembleBeatsSingles', wins.ensemble),
]);

function parseOptions() {
  try {
    return parseQualityOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

async function measureTable(definition: QualityTable): Promise<readonly BenchRow[]> {
  const table = await loadQualityTable(definition, options.dataDir);
  const splits = options.splits.filter((split) => split < table.tests.length);
  const ensembleSplits = options.ensemble
    ? options.ensembleSplits.filter((split) => split < table.tests.length)
    : [];
  const found = new Map<string, Cell>();
  const add = (name: string, split: number, compute: () => Promise<Cell>) => async () => {
    const cell = await compute();
    found.set(`${name}/${split}`, cell);
    tell(table, name, split, cell);
  };
  const peerSplits = options.withPeers ? [...new Set([...splits, ...ensembleSplits])] : [];
  await runPool(
    [
      ...peerSplits.map((split) => add('peer', split, () => cells.ofPeer(table, split))),
      ...splits.flatMap((split) =>
        options.models.map((model) => add(model, split, () => cells.ofModel(table, split, model))),
      ),
    ],
    width,
  );
  for (const split of ensembleSplits) {
    await add('ensemble', split, () => cells.ofEnsemble(table, split))();
  }
  return toRows(table, found, { splits, ensembleSplits });
}

function toRows(
  table: LoadedTable,
  found: ReadonlyMap<string, Cell>,
  measured: { readonly splits: readonly number[]; readonly ensembleSplits: readonly number[] },
): readonly BenchRow[] {
  const { definition } = table;
  const truths = table.tests.map((_, split) => truthOf(table, split));
  const toRow = (name: string, label: string, splits: readonly number[]): BenchRow =>
    toQualityRow(
      `${definition.name}.${label}`,
      definition,
      splits.map((split) => ({
        own: found.get(`${name}/${split}`)?.predictions ?? [],
        peer: found.get(`peer/${split}`)?.predictions ?? null,
        truth: truths[split] ?? new Float64Array(),
      })),
      classesOf(table)?.length ?? 0,
    );
  const { splits, ensembleSplits } = measured;
  if (splits.length === 0) return [];
  const singles = options.models.map((model) => toRow(model, model, splits));
  const [first, ...others] = singles;
  const best = others.reduce(
    (leader, row) =>
      leader !== undefined && isBetter(row, row.value, leader.value) ? row : leader,
    first,
  );
  const realmlp = singles[options.models.indexOf('realmlp')];
  const mlp = singles[options.models.indexOf('mlp')];
  if (realmlp !== undefined && mlp !== undefined) {
    wins.realmlp.push(isBetter(mlp, realmlp.value, mlp.value));
  }
  const single =
    best === undefined ? [] : [{ ...best, name: `${definition.name}.single(${best.name})` }];
  const ensemble =
    ensembleSplits.length === 0 ? [] : [toRow('ensemble', 'ensemble', ensembleSplits)];
  const rivals = ensembleSplits.every((split) => splits.includes(split))
    ? options.models.map((model) => toRow(model, model, ensembleSplits))
    : [];
  for (const row of ensemble) {
    if (rivals.length > 0) {
      wins.ensemble.push(rivals.every((rival) => isBetter(row, row.value, rival.value)));
    }
  }
  return [...singles, ...single, ...ensemble];
}

/** No row where nothing was compared. */
function toWinsRow(name: string, compared: readonly boolean[]): BenchRow[] {
  if (compared.length === 0) return [];
  const value = compared.filter(Boolean).length;
  const unit = `of ${compared.length} tables`;
  return [{ name, value, unit, peer: null, peerValue: null, better: 'higher' }];
}

/** Labels in the order in which all count classes; `null` for a regression. */
function classesOf(table: LoadedTable): readonly string[] | null {
  const { target } = table;
  return target.task === 'classification' ? target.classes : null;
}

function truthOf(table: LoadedTable, split: number): Float64Array {
  return toTruth(testRows(table, split), classesOf(table));
}

function tell(table: LoadedTable, name: string, split: number, cell: Cell): void {
  const { definition } = table;
  const cells = [{ own: cell.predictions, peer: null, truth: truthOf(table, split) }];
  const { value } = toQualityRow(name, definition, cells, classesOf(table)?.length ?? 0);
  const line = `${definition.name} split ${split} ${name}: ${definition.metric} ${value.toFixed(5)}`;
  process.stderr.write(`${line} (${cell.note}, ${cell.seconds.toFixed(1)} s)\n`);
}
