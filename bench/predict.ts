import type { ModelName } from '../src/contract/model-names.js';
import { applyFeatures } from '../src/features/apply-features.js';
import { createMemberPredictor } from '../src/learning/model/create-member.js';
import { createPredictor } from '../src/serving/predictor.js';
import { type BenchRow, median, printBenchReport } from './bench-report.js';
import { type BenchModel, createBenchModel, treeCount } from './predict/create-models.js';
import { createNativePeer, type NativePeer } from './predict/native-peer.js';
import { createStoneTable, toRawRows } from './predict/stone-table.js';

const quick = process.argv.includes('--quick');
const withPeers = !process.argv.includes('--no-peers');
const rounds = quick ? 3 : 9;
const singleRows = quick ? 300 : 2_000;
const batchRows = 1_000;
const models: readonly ModelName[] = ['linear', 'mlp', 'lightgbm', 'realmlp', 'tabm'];

const table = createStoneTable(quick ? 5_000 : 30_000);
const asked = createStoneTable(batchRows);
const rawRows = toRawRows(asked);

const rows: BenchRow[] = [];
for (const name of models) {
  const model = await createBenchModel(name, table);
  rows.push(...(await measure(model, withPeers ? await createNativePeer(model) : null)));
}
printBenchReport('predict', rows);

/** A single row and a thousand, raw and as features, ours and the peer in turn; the first round only warms up. */
async function measure(model: BenchModel, peer: NativePeer | null): Promise<BenchRow[]> {
  const { member, program, documentBytes, weightsBytes } = model;
  const served = createPredictor(documentBytes, weightsBytes);
  const own = createMemberPredictor(member.predictor, member.weights);
  const features = applyFeatures(program, asked);
  const featureRow = (row: number): Float32Array => {
    const at = row % batchRows;
    return features.subarray(at * program.width, (at + 1) * program.width);
  };
  const works = {
    rawRow: (row: number) => served.predict([rawRows[row % batchRows] ?? {}]),
    featureRow: (row: number) => own.answer(featureRow(row)),
    rawBatch: () => served.predict(rawRows),
    featureBatch: () => own.answer(features),
    peerRow: (row: number) => peer?.answer(featureRow(row), 1),
    peerBatch: () => peer?.answer(features, batchRows),
  };
  const times: Record<keyof typeof works, number[]> = {
    ...{ rawRow: [], featureRow: [], rawBatch: [], featureBatch: [], peerRow: [], peerBatch: [] },
  };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [key, work] of Object.entries(works) as [
      keyof typeof works,
      (row: number) => unknown,
    ][]) {
      const ms = await timeEach(work, key.endsWith('Row') ? singleRows : 5);
      if (round > 0) times[key].push(ms);
    }
  }
  const label = model.name === 'lightgbm' ? `lightgbm${treeCount}` : model.name;
  const row = (what: string, unit: string, ms: number[], peerMs: number[] | null): BenchRow => {
    const factor = unit === 'us' ? 1_000 : 1;
    const compared = peer === null || peerMs === null ? null : median(peerMs) * factor;
    return {
      name: `${label}${what}`,
      value: median(ms) * factor,
      unit,
      peer: compared === null ? null : (peer?.name ?? null),
      peerValue: compared,
      better: 'lower',
    };
  };
  return [
    row('RawRow', 'us', times.rawRow, null),
    row('FeatureRow', 'us', times.featureRow, times.peerRow),
    row('1000RawRows', 'ms', times.rawBatch, null),
    row('1000FeatureRows', 'ms', times.featureBatch, times.peerBatch),
  ];
}

/** Milliseconds of one call, over so many in a row. */
async function timeEach(work: (index: number) => unknown, count: number): Promise<number> {
  const startMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const result = work(index);
    if (result instanceof Promise) await result;
  }
  return (performance.now() - startMs) / count;
}
