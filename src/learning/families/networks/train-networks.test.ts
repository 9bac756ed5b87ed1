import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import type { FeatureOutput } from '../../../features/feature-program.js';
import { familyOf } from '../../families.js';
import type { DatasetTraits } from '../../family.js';
import { createMemberPredictor } from '../../model/create-member.js';
import type { CheckpointState, TrainingContext } from '../../process/family-trainer.js';
import { judge } from '../../process/judge.js';
import { loadTrainer } from '../../process/trainer-of.js';
import type { TrainingData } from '../../process/training-data.js';

// TensorFlow greets on stderr unless told not to before it is loaded.
beforeAll(() => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
});

const outputs: readonly FeatureOutput[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'number' },
  { name: 'flag', kind: 'binary' },
  { name: 'zone:index', kind: 'index', cardinality: 9 },
];

function createPart(rowCount: number, stream: number): TrainingData {
  const random = createRandomStream(11, stream);
  const x = new Float32Array(rowCount * outputs.length);
  const y = new Float32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    const [a, b] = [4 * random() - 2, random() ** 3];
    const [flag, zone] = [random() < 0.5 ? 1 : 0, Math.floor(9 * random())];
    x.set([a, b, flag, zone], row * outputs.length);
    y[row] = Math.sin(2 * a) * (flag + 0.5) + b - (zone % 3) * 0.4;
  }
  const width = outputs.length;
  return { rowCount, width, x, y, classes: null, w: null, sha256: String(stream) };
}

const train = createPart(900, 1);
const validation = createPart(300, 2);
const epochs = 12;

type Name = 'mlp' | 'realmlp' | 'tabm';

async function trainOn(model: Name, change: Partial<TrainingContext> = {}) {
  const checkpoints: CheckpointState[] = [];
  const traits: DatasetTraits = {
    ...{ task: 'regression', classCount: null, loss: { kind: 'squared' }, objective: 'rmse' },
    ...{ trainRows: train.rowCount, width: outputs.length },
  };
  const context: TrainingContext = {
    job: {
      ...traits,
      ...{ model, classWeights: 'none' },
      parameters: familyOf(model).defaultParameters(traits),
      ...{ outputs, epochs, seed: 3, checkpointEveryMs: 0, resumePath: null },
      ...{ trainPath: '', validationPath: '', outputDir: '' },
    },
    ...{ train, validation, networks: 'tensorflow', resumed: null },
    nowMs: () => 0,
    judge: (answers) => judge('rmse', answers, { task: 'regression', y: validation.y, w: null }),
    onEpoch: () => undefined,
    offerCheckpoint: async (epoch, read) => {
      checkpoints.push(structuredClone({ epoch, ...read() }));
    },
    breathe: async () => undefined,
    ...change,
  };
  const trained = await (await loadTrainer(model))(context);
  return { trained, checkpoints };
}

describe.each(['mlp', 'realmlp', 'tabm'] as const)('%s', (model) => {
  test('learns, answers as its own trainer did, and the same when resumed', async () => {
    const { trained, checkpoints } = await trainOn(model);
    const dummy = judge('rmse', new Float32Array(validation.rowCount), {
      ...{ task: 'regression', y: validation.y, w: null },
    });
    expect(trained.value).toBeLessThan(0.6 * dummy.value);

    const answers = createMemberPredictor(trained.predictor, trained.weights).answer(validation.x);
    const worst = answers.reduce((most, answer, row) => {
      const y = trained.predictions[row] as number;
      return Math.max(most, Math.abs(answer - y) / (1 + Math.abs(y)));
    }, 0);
    expect(worst).toBeLessThan(1e-5);

    const resumed = await trainOn(model, { resumed: checkpoints[4] ?? null });
    expect(resumed.trained).toEqual(trained);
  }, 60_000);
});
