import type { ArtifactStore } from '../../artifacts/artifact-store.js';
import type { Tensor } from '../../artifacts/safetensors.js';
import { toSha256 } from '../../artifacts/sha256.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { describeInputs } from '../../features/describe-inputs.js';
import type { FeatureProgram } from '../../features/feature-program.js';
import { fitFeatures } from '../../features/fit-features.js';
import { fitOptions } from '../../features/testdata/fit-options.js';
import { toTable } from '../../features/testdata/to-table.js';
import { encodeMemberTensors, toMemberPrefix } from '../../learning/model/member-tensors.js';
import { createModelDocument, type ModelDocument } from '../../learning/model/model-document.js';
import type { NetworkSpec } from '../../learning/network/network.js';
import type { ModelVersion } from '../../registry/model-version.js';
import { createGolden } from '../golden-rows.js';
import { createPredictor } from '../predictor.js';
import type { RowDeriver } from '../row-deriver.js';

export interface SmallModel {
  readonly documentBytes: Uint8Array;
  readonly weightsBytes: Uint8Array;
  readonly members: readonly SmallMember[];
}

export const penguinRows: readonly RawRow[] = [
  { island: 'Biscoe', mass: 5000 },
  { island: 'Dream', mass: 3000 },
  { island: 'Torgersen', mass: null },
];

const islands = ['Biscoe', 'Dream', 'Torgersen', 'Biscoe', 'Dream', 'Torgersen'];
const masses = [5000, 3500, 3600, 5200, null, 3300];

/** Fitted features and one dense layer whose weights are a plain series; another `scale` makes another model. */
function createSmallModel(
  targetValues: readonly (string | number | boolean)[],
  scale: number,
  derived: readonly { readonly column: DerivedColumn; readonly values: readonly number[] }[] = [],
): SmallModel {
  const computed = derived.map(({ column, values }) => [column.name, values] as const);
  const table = toTable({
    island: islands,
    mass: masses,
    ...Object.fromEntries(computed),
    target: targetValues,
  });
  const options = fitOptions('target', { derived: derived.map(({ column }) => column) });
  const { program } = fitFeatures(table, options);
  const { target, width } = program;
  const isRegression = target.task === 'regression';
  const units = isRegression ? 1 : target.classes.length;
  const network: NetworkSpec = {
    inputWidth: width,
    encoder: {
      numbers: Array.from({ length: width }, (_, position) => position),
      numberEncoding: { kind: 'plain' },
      binaries: [],
      indexes: [],
      robustClip: false,
    },
    layers: [{ kind: 'dense', units, parameterization: 'standard' }],
    output: isRegression ? 'linear' : 'softmax',
  };
  const weight = Float32Array.from(
    { length: width * units },
    (_, i) => (((i * 7) % 5) / 4 - 0.5) * scale,
  );
  const bias = Float32Array.from({ length: units }, (_, i) => i / 10);
  const tensors: Readonly<Record<string, Tensor>> = {
    'layers.0.weight': { dtype: 'F32', shape: [width, units], data: weight },
    'layers.0.bias': { dtype: 'F32', shape: [units], data: bias },
  };
  return joinModels([{ program, network, tensors, weight: 1 }]);
}

/** One member of a small model. */
export interface SmallMember {
  readonly program: FeatureProgram;
  readonly network: NetworkSpec;
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly weight: number;
}

/** Stores members as the train step does, each with a feature program of its own. */
export function joinModels(
  members: readonly SmallMember[],
  calibration: ModelDocument['calibration'] = null,
): SmallModel {
  const weightsBytes = encodeMemberTensors(members.map(({ tensors }) => tensors));
  const weights = { sha256: toSha256(weightsBytes), sizeBytes: weightsBytes.byteLength };
  const documentBytes = createModelDocument({
    task: members[0]?.program.target.task ?? 'regression',
    programs: members.map(({ program }) => program),
    members: members.map(({ network, weight }, index) => ({
      model: 'mlp',
      program: index,
      weight,
      predictor: { kind: 'network', network },
      importance: null,
      prefix: toMemberPrefix(index),
    })),
    calibration,
    weights,
  });
  return { documentBytes, weightsBytes, members };
}

export function createClassifier(
  labels: readonly (string | number | boolean)[] = ['x', 'y', 'z', 'x', 'y', 'z'],
  scale = 1,
): SmallModel {
  return createSmallModel(labels, scale);
}

export function createRegressor(): SmallModel {
  return createSmallModel([10.5, 12.25, 14, 11, 13.5, 12.75], 1);
}

/** One of its features is `tons`, computed from `mass`. */
export function createDerivingRegressor(): SmallModel {
  const column = {
    name: 'tons',
    expression: 'mass / 1000',
    sqlType: 'DOUBLE',
    inputs: [{ name: 'mass', sqlType: 'DOUBLE' }],
  };
  const values = [5, 3.5, 3.6, 5.2, 4, 3.3];
  return createSmallModel([10.5, 12.25, 14, 11, 13.5, 12.75], 1, [{ column, values }]);
}

/** Stores a model with its golden rows, as the evaluate and register steps do. */
export async function storeSmallModel(
  artifacts: ArtifactStore,
  model: SmallModel,
  options: {
    readonly version?: number;
    readonly golden?: unknown;
    readonly deriver?: RowDeriver;
  } = {},
): Promise<ModelVersion> {
  const { documentBytes, weightsBytes } = model;
  const { deriver } = options;
  const predictor = createPredictor(
    documentBytes,
    weightsBytes,
    deriver === undefined ? {} : { deriver },
  );
  const golden = options.golden ?? (await createGolden(predictor, penguinRows));
  const report = await artifacts.putJson({});
  const modelCard = await artifacts.putBytes(new TextEncoder().encode('# Card\n'), 'text/markdown');
  const backend = { name: 'wasm', versions: { tfjs: '4.22.0' }, threads: 1 } as const;
  return {
    format: 'receta-model-version/2',
    model: 'penguins',
    version: options.version ?? 1,
    createdAt: '2026-11-23T10:00:00.000Z',
    runId: 'penguins-20261123-100000-abcdef',
    pipeline: 'penguins',
    task: predictor.target.task,
    target: predictor.target.name,
    artifacts: {
      model: await artifacts.putBytes(documentBytes, 'application/json'),
      weights: await artifacts.putBytes(weightsBytes, 'application/octet-stream'),
      golden: await artifacts.putJson(golden),
      report,
      modelCard,
    },
    metrics: {},
    baseline: {},
    datasetSha256: '0'.repeat(64),
    planSha256: '0'.repeat(64),
    backend,
    members: [{ model: 'mlp', trial: 0, fold: 0, weight: 1, parameters: {}, backend }],
    platformKey: 'test',
    inputs: describeInputs(predictor.inputs),
    classes: null,
  };
}
