import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import type { FoldData, PreparedData } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { ModelName } from '../contract/model-names.js';
import { cutFold } from '../dataset/split/cut-fold.js';
import { applyFeatures } from '../features/apply-features.js';
import type { ColumnTable } from '../features/column-table.js';
import { encodeTarget } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { fitFeatures } from '../features/fit-features.js';
import { weightsOf } from '../features/weights-of.js';
import { assertModelInputs } from '../learning/assert-model-inputs.js';

/** Deals rows to the folds of target encoding; fixed, as any is as good. */
const encodingSeed = 0;

export interface FeatureQuestion extends Pick<PreparedData, 'task' | 'target' | 'derived'> {
  /** With what the model wants of columns of which the pipeline file says nothing. */
  readonly features: PreparedData['fitted'];
  /** Which is to learn from them. */
  readonly model: ModelName;
}

export interface FittedFold {
  readonly data: FoldData;
  readonly program: FeatureProgram;
  readonly warnings: readonly string[];
}

/** Fits the feature program on the train rows of one fold alone and stores it with the matrices of both parts. */
export async function fitFold(
  artifacts: ArtifactStore,
  development: ColumnTable,
  fold: number,
  { task, target, features, derived, model }: FeatureQuestion,
): Promise<FittedFold> {
  const tables = cutFold(development, fold);
  const options = { target, task, plan: features, derived, seed: encodingSeed };
  const { program, warnings, trainMatrix } = fitFeatures(tables.train, options);
  assertModelInputs(model, program);
  const train = await putMatrix(artifacts, program, tables.train, trainMatrix);
  const validationMatrix = applyFeatures(program, tables.validation);
  const validation = await putMatrix(artifacts, program, tables.validation, validationMatrix);
  const data = { features: await artifacts.putJson(program), train, validation };
  return { data, program, warnings };
}

/** Stores features `x` (rows x width), targets `y` (rows) and weights `w` (rows) as the trainer reads them. */
function putMatrix(
  artifacts: ArtifactStore,
  program: FeatureProgram,
  table: ColumnTable,
  matrix: Float32Array,
): Promise<ArtifactRef> {
  const rows = table.rowCount;
  const x: Tensor = { dtype: 'F32', shape: [rows, program.width], data: matrix };
  const targets = encodeTarget(program, table);
  const dtype = targets instanceof Int32Array ? 'I32' : 'F32';
  const y: Tensor = { dtype, shape: [rows], data: targets };
  const weights = weightsOf(program, table);
  const w: Record<string, Tensor> =
    weights === null ? {} : { w: { dtype: 'F32', shape: [rows], data: weights } };
  return artifacts.putBytes(encodeSafetensors({ x, y, ...w }), 'application/x-safetensors');
}
