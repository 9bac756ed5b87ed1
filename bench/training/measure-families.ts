import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSafetensors } from '../../src/artifacts/safetensors.js';
import type { ModelName } from '../../src/contract/model-names.js';
import type { ColumnTable } from '../../src/features/column-table.js';
import { encodeTarget } from '../../src/features/encode-target.js';
import { fitFeatures } from '../../src/features/fit-features.js';
import { withFamilyFeatures } from '../../src/features/with-family-features.js';
import { familyOf } from '../../src/learning/families.js';
import type { DatasetTraits } from '../../src/learning/family.js';
import { runTraining } from '../../src/learning/process/run-training.js';
import { type BenchRow, median } from '../bench-report.js';
import { readDiamonds } from './diamonds.js';

const models: readonly ModelName[] = ['mlp', 'realmlp', 'tabm'];
const limits = { deadlineMs: 600_000, memoryBytes: 8 * 2 ** 30 };

/** Rows a second in whole epochs, validation and all, of each kind of network at its defaults. */
export async function measureFamilies(quick: boolean): Promise<BenchRow[]> {
  const table = await readDiamonds();
  const rows: BenchRow[] = [];
  for (const model of models) {
    rows.push({
      name: `${model}Diamonds`,
      value: await measureEpochs(model, table, quick ? 3 : 6),
      unit: 'rows/s',
      peer: null,
      peerValue: null,
      better: 'higher',
    });
  }
  return rows;
}

/** The first epoch only warms up. */
async function measureEpochs(
  model: ModelName,
  table: ColumnTable,
  epochs: number,
): Promise<number> {
  const family = familyOf(model);
  const task = 'regression';
  const { program, trainMatrix } = fitFeatures(table, {
    plan: withFamilyFeatures(
      { defaults: {}, columns: {}, target: { transform: 'none' } },
      family.features,
    ),
    ...{ target: 'target', task, derived: [], seed: 0 },
  });
  const { outputs } = program;
  const traits: DatasetTraits = {
    ...{ task, classCount: null, trainRows: table.rowCount, width: outputs.length },
    ...{ loss: { kind: 'squared' }, objective: 'rmse' },
  };
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-training-'));
  try {
    const path = join(folder, 'rows.safetensors');
    const y = encodeTarget(program, table);
    await writeFile(
      path,
      encodeSafetensors({
        x: { dtype: 'F32', shape: [table.rowCount, outputs.length], data: trainMatrix },
        y: { dtype: 'F32', shape: [table.rowCount], data: Float32Array.from(y) },
      }),
    );
    const seconds: number[] = [];
    await runTraining(
      {
        ...{ model, ...traits, outputs, epochs, seed: 1, classWeights: 'none' },
        parameters: family.defaultParameters(traits),
        ...{ trainPath: path, validationPath: path, resumePath: null, outputDir: folder },
        checkpointEveryMs: 600_000,
      },
      {
        ...{ networks: 'tensorflow', ...limits },
        onEpoch: (report) => {
          if (report.epoch > 1) seconds.push(report.seconds);
        },
      },
    );
    return table.rowCount / median(seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
