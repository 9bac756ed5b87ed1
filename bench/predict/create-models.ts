import { toSha256 } from '../../src/artifacts/sha256.js';
import type { ModelName } from '../../src/contract/model-names.js';
import type { ColumnTable } from '../../src/features/column-table.js';
import type { FeatureProgram } from '../../src/features/feature-program.js';
import { fitFeatures } from '../../src/features/fit-features.js';
import { withFamilyFeatures } from '../../src/features/with-family-features.js';
import { trainLightgbm } from '../../src/learning/families/lightgbm/train-lightgbm.js';
import { toLinearNetwork } from '../../src/learning/families/linear/linear-model.js';
import { defaultMlpParameters } from '../../src/learning/families/mlp/mlp-parameters.js';
import { planMlp } from '../../src/learning/families/mlp/plan-mlp.js';
import type { NetworkJob } from '../../src/learning/families/networks/network-job.js';
import { planRealmlp } from '../../src/learning/families/realmlp/plan-realmlp.js';
import { defaultRealmlpParameters } from '../../src/learning/families/realmlp/realmlp-parameters.js';
import { planTabm } from '../../src/learning/families/tabm/plan-tabm.js';
import { defaultTabmParameters } from '../../src/learning/families/tabm/tabm-parameters.js';
import { familyOf } from '../../src/learning/families.js';
import { encodeMemberTensors, toMemberPrefix } from '../../src/learning/model/member-tensors.js';
import { createModelDocument } from '../../src/learning/model/model-document.js';
import { fitEdges } from '../../src/learning/network/fit-edges.js';
import { initNetwork } from '../../src/learning/network/init-network.js';
import { toNetworkTensors } from '../../src/learning/network/network-tensors.js';
import type { TrainedFamily, TrainingContext } from '../../src/learning/process/family-trainer.js';
import type { TrainingData } from '../../src/learning/process/training-data.js';

/** A model as it is served; networks have the shape of trained ones, and numbers from before the first step. */
export interface BenchModel {
  readonly name: ModelName;
  readonly member: Pick<TrainedFamily, 'predictor' | 'weights'>;
  readonly program: FeatureProgram;
  readonly documentBytes: Uint8Array;
  readonly weightsBytes: Uint8Array;
}

/** Trees of the LightGBM model. */
export const treeCount = 500;

/** The model of a family at its defaults. */
export async function createBenchModel(name: ModelName, table: ColumnTable): Promise<BenchModel> {
  const plan = withFamilyFeatures(
    { defaults: {}, columns: {}, target: { transform: 'none' } },
    familyOf(name).features,
  );
  const options = { target: 'price', task: 'regression', plan, derived: [], seed: 1 } as const;
  const { program, trainMatrix } = fitFeatures(table, options);
  const member = await createMember(name, program, toPart(table, trainMatrix, program.width));
  const weightsBytes = encodeMemberTensors([member.weights]);
  const documentBytes = createModelDocument({
    task: 'regression',
    programs: [program],
    members: [
      {
        model: name,
        program: 0,
        weight: 1,
        predictor: member.predictor,
        importance: null,
        prefix: toMemberPrefix(0),
      },
    ],
    calibration: null,
    weights: { sha256: toSha256(weightsBytes), sizeBytes: weightsBytes.byteLength },
  });
  return { name, member, program, documentBytes, weightsBytes };
}

function toPart(table: ColumnTable, x: Float32Array, width: number): TrainingData {
  const target = table.columns.get('price');
  if (target?.kind !== 'number') throw new Error('the table has no price');
  const y = Float32Array.from(target.values);
  return { rowCount: table.rowCount, width, x, y, classes: null, w: null, sha256: '' };
}

type BenchJob = NetworkJob & { readonly task: 'regression' };

async function createMember(
  name: ModelName,
  { outputs, width }: FeatureProgram,
  sample: TrainingData,
): Promise<BenchModel['member']> {
  const job: BenchJob = {
    ...{ task: 'regression', classCount: null, loss: { kind: 'squared' }, objective: 'rmse' },
    ...{ outputs, epochs: 1, trainRows: sample.rowCount },
  };
  const seed = 1;
  switch (name) {
    case 'linear': {
      const network = toLinearNetwork(width, null);
      return toMember(network, initNetwork(network, { seed, style: 'he', sample }));
    }
    case 'mlp': {
      const { network } = planMlp(defaultMlpParameters(job), job);
      return toMember(network, initNetwork(network, { seed, style: 'he', sample }));
    }
    case 'realmlp': {
      const { network } = planRealmlp(defaultRealmlpParameters('realmlp', job), job);
      return toMember(network, initNetwork(network, { seed, style: 'data-driven', sample }));
    }
    case 'tabm': {
      const parameters = defaultTabmParameters('tabm', job);
      const edges = outputs.flatMap(({ kind }, position) =>
        kind === 'number' ? [fitEdges(sample, position, parameters.bins)] : [],
      );
      const { network } = planTabm(
        parameters,
        job,
        edges.map(({ length }) => length - 1),
      );
      return toMember(network, initNetwork(network, { seed, style: 'tabm', sample, edges }));
    }
    case 'lightgbm':
      return trainLightgbm(createContext(job, sample));
    default:
      throw new Error(`${name} is not measured`);
  }
}

function toMember(
  network: Parameters<typeof toNetworkTensors>[0],
  numbers: Parameters<typeof toNetworkTensors>[1],
): BenchModel['member'] {
  return { predictor: { kind: 'network', network }, weights: toNetworkTensors(network, numbers) };
}

/** A training whose objective gets better all the time, so that no tree is left out. */
function createContext(job: BenchJob, part: TrainingData): TrainingContext {
  let value = 1;
  const parameters = familyOf('lightgbm').defaultParameters({ ...job, width: part.width });
  return {
    job: {
      ...job,
      ...{ model: 'lightgbm', classWeights: 'none', parameters, epochs: treeCount, seed: 1 },
      ...{ checkpointEveryMs: 0, trainPath: '', validationPath: '', resumePath: null },
      outputDir: '',
    },
    ...{ train: part, validation: part, networks: 'tensorflow', resumed: null },
    nowMs: () => performance.now(),
    judge: () => {
      value *= 0.99;
      return { value, metrics: {} };
    },
    onEpoch: () => undefined,
    offerCheckpoint: async () => undefined,
    breathe: async () => undefined,
  };
}
