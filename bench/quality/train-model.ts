import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeSafetensors,
  encodeSafetensors,
  type Tensor,
} from '../../src/artifacts/safetensors.js';
import type { FeaturePlan } from '../../src/contract/feature-plan.js';
import type { ModelName } from '../../src/contract/model-names.js';
import type { Parameters } from '../../src/contract/run-status.js';
import { takeRows } from '../../src/dataset/split/take-rows.js';
import { applyFeatures } from '../../src/features/apply-features.js';
import type { ColumnTable } from '../../src/features/column-table.js';
import { encodeTarget } from '../../src/features/encode-target.js';
import type { FeatureProgram } from '../../src/features/feature-program.js';
import { fitFeatures } from '../../src/features/fit-features.js';
import { withFamilyFeatures } from '../../src/features/with-family-features.js';
import { familyOf } from '../../src/learning/families.js';
import type { DatasetTraits } from '../../src/learning/family.js';
import { createMemberPredictor } from '../../src/learning/model/create-member.js';
import type { MemberPredictor } from '../../src/learning/model/member-predictor.js';
import { runTraining } from '../../src/learning/process/run-training.js';
import { type LoadedTable, targetColumn } from './load-quality-table.js';
import { objectives } from './quality-tables.js';
import type { RowParts } from './split-rows.js';

/** One training: what `receta` would do for one trial on one fold. */
export interface Training {
  readonly table: LoadedTable;
  readonly parts: RowParts;
  readonly model: ModelName;
  /** `null`: the model's defaults. */
  readonly parameters: Parameters | null;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

export interface TrainedModel {
  readonly program: FeatureProgram;
  readonly predictor: MemberPredictor;
  /** The trainer's answers for the validation rows: rows x outputs. */
  readonly validationAnswers: Float32Array;
  /** Objective on the validation rows; lower is better. */
  readonly value: number;
  readonly bestEpoch: number;
  readonly epochsRun: number;
  /** Of the training process. */
  readonly seconds: number;
}

const limits = { deadlineMs: 3_600_000, memoryBytes: 8 * 2 ** 30 };
const openPlan: FeaturePlan = { defaults: {}, columns: {}, target: { transform: 'none' } };

/** Fits features and trains one model in a child process. */
export async function trainModel(training: Training): Promise<TrainedModel> {
  const { table, parts, model, seed, signal } = training;
  const { task } = table.definition;
  const train = takeRows(table.rows, parts.train);
  const validation = takeRows(table.rows, parts.validation);
  const plan = withFamilyFeatures(openPlan, familyOf(model).features);
  const { program, trainMatrix } = fitFeatures(train, {
    ...{ target: targetColumn, task, plan, derived: [], seed: 0 },
  });
  const traits = toTraits(table, train.rowCount, program);
  const family = familyOf(model);
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-quality-'));
  try {
    const trainPath = join(folder, 'train.safetensors');
    const validationPath = join(folder, 'validation.safetensors');
    await writeMatrix(trainPath, program, train, trainMatrix);
    await writeMatrix(validationPath, program, validation, applyFeatures(program, validation));
    const startedMs = performance.now();
    const result = await runTraining(
      {
        ...{ model, task, classCount: traits.classCount, loss: traits.loss },
        ...{ objective: traits.objective, classWeights: 'none', outputs: program.outputs },
        parameters: training.parameters ?? family.defaultParameters(traits),
        epochs: family.defaultEpochs(traits),
        ...{ seed, checkpointEveryMs: 3_600_000, trainPath, validationPath, resumePath: null },
        outputDir: folder,
      },
      { ...limits, networks: 'tensorflow', ...(signal === undefined ? {} : { signal }) },
    );
    const seconds = (performance.now() - startedMs) / 1000;
    const weights = decodeSafetensors(await readFile(result.weights)).tensors;
    const { p } = decodeSafetensors(await readFile(result.predictions)).tensors;
    if (!(p?.data instanceof Float32Array)) throw new Error('the predictions are no 32-bit floats');
    return {
      program,
      predictor: createMemberPredictor(result.predictor, weights),
      validationAnswers: p.data,
      ...{ value: result.value, bestEpoch: result.bestEpoch, epochsRun: result.epochsRun, seconds },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The question as far as settings depend on it. */
export function toTraits(
  { definition }: LoadedTable,
  trainRows: number,
  { width, target }: Pick<FeatureProgram, 'width' | 'target'>,
): DatasetTraits {
  const isClass = target.task === 'classification';
  return {
    task: definition.task,
    classCount: isClass ? target.classes.length : null,
    ...{ trainRows, width },
    loss: isClass ? { kind: 'cross-entropy' } : { kind: 'squared' },
    objective: objectives[definition.metric],
  };
}

async function writeMatrix(
  path: string,
  program: FeatureProgram,
  table: ColumnTable,
  data: Float32Array,
): Promise<void> {
  const rows = table.rowCount;
  const targets = encodeTarget(program, table);
  const x: Tensor = { dtype: 'F32', shape: [rows, program.width], data };
  const dtype = targets instanceof Int32Array ? 'I32' : 'F32';
  const y: Tensor = { dtype, shape: [rows], data: targets };
  await writeFile(path, encodeSafetensors({ x, y }));
}
