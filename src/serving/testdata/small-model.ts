import type { ArtifactStore } from '../../artifacts/artifact-store.js';
import { toSha256 } from '../../artifacts/sha256.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { describeInputs } from '../../features/describe-inputs.js';
import { fitFeatures } from '../../features/fit-features.js';
import { fitOptions } from '../../features/testdata/fit-options.js';
import { toTable } from '../../features/testdata/to-table.js';
import { createModelDocument } from '../../learning/model-document.js';
import { encodeNetworkWeights } from '../../learning/network-weights.js';
import type { ModelVersion } from '../../registry/model-version.js';
import { createGolden } from '../golden-rows.js';
import { createPredictor } from '../predictor.js';
import type { RowDeriver } from '../row-deriver.js';

export interface SmallModel {
  readonly documentBytes: Uint8Array;
  readonly weightsBytes: Uint8Array;
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
  const activation = isRegression ? 'linear' : 'softmax';
  const network = { inputWidth: width, layers: [{ kind: 'dense', units, activation }] } as const;
  const weight = Float32Array.from(
    { length: width * units },
    (_, i) => (((i * 7) % 5) / 4 - 0.5) * scale,
  );
  const bias = Float32Array.from({ length: units }, (_, i) => i / 10);
  const weightsBytes = encodeNetworkWeights(network, [{ weight, bias }]);
  const weights = { sha256: toSha256(weightsBytes), sizeBytes: weightsBytes.byteLength };
  const documentBytes = createModelDocument({
    task: target.task,
    features: program,
    network,
    weights,
  });
  return { documentBytes, weightsBytes };
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
  return {
    format: 'receta-model-version/1',
    model: 'penguins',
    version: options.version ?? 1,
    createdAt: '2026-11-23T10:00:00.000Z',
    runId: 'penguins-20261123-100000-abcdef',
    pipeline: 'penguins',
    task: predictor.program.target.task,
    target: predictor.program.target.name,
    artifacts: {
      model: await artifacts.putBytes(documentBytes, 'application/json'),
      weights: await artifacts.putBytes(weightsBytes, 'application/octet-stream'),
      golden: await artifacts.putJson(golden),
      report,
    },
    metrics: {},
    baseline: {},
    datasetSha256: '0'.repeat(64),
    planSha256: '0'.repeat(64),
    backend: { name: 'wasm', tfjsVersion: '4.22.0', tensorflowVersion: null, threads: 1 },
    platformKey: 'test',
    inputs: describeInputs(predictor.program),
    classes: null,
  };
}
