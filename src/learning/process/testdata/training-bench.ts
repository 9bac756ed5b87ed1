import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSafetensors, type Tensor } from '../../../artifacts/safetensors.js';
import { toSha256 } from '../../../artifacts/sha256.js';
import type { ModelName } from '../../../contract/model-names.js';
import type { Task } from '../../../contract/pipeline-plan.js';
import { createRandomStream } from '../../../contract/random-stream.js';
import { familyOf } from '../../families.js';
import type { DatasetTraits } from '../../family.js';
import { runTraining, type TrainingOptions } from '../run-training.js';
import type { CheckpointReport, EpochReport, TrainingJob } from '../training-job.js';

const trainRows = 700;
const validationRows = 200;

/** Three numbers and a binary. */
const outputs: TrainingJob['outputs'] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'number' },
  { name: 'c', kind: 'number' },
  { name: 'd', kind: 'binary' },
];

export type Question = 'regression' | 'binary' | 'multiclass';

const classCounts: Readonly<Record<Question, number | null>> = {
  regression: null,
  binary: 2,
  multiclass: 3,
};

/** Number of epochs (of lightgbm: trees) in which a training learns something. */
function fewEpochs(model: ModelName): number {
  if (model === 'lightgbm') return 300;
  return model.startsWith('realmlp') ? 12 : 5;
}

/** Weights, histories and checkpoints of one training. */
export interface Trained {
  readonly result: Awaited<ReturnType<typeof runTraining>>;
  readonly epochs: readonly EpochReport[];
  readonly checkpoints: readonly CheckpointReport[];
  readonly folder: string;
  /** Digests of weights and of predictions. */
  readonly digests: readonly string[];
}

/** Trains small models of every family in their real process, from the built tree. */
export class TrainingBench {
  constructor(readonly folder: string) {}

  /** A job at the family's defaults, in few epochs. */
  async createJob(model: ModelName, question: Question): Promise<TrainingJob> {
    const classCount = classCounts[question];
    const task: Task = classCount === null ? 'regression' : 'classification';
    const loss = classCount === null ? 'squared' : 'cross-entropy';
    const objective = classCount === null ? 'rmse' : 'logLoss';
    const traits: DatasetTraits = {
      ...{ task, classCount, trainRows, width: outputs.length },
      ...{ loss: { kind: loss }, objective },
    };
    return {
      ...{ model, task, classCount, loss: traits.loss, objective, classWeights: 'none' },
      ...{ parameters: familyOf(model).defaultParameters(traits), outputs },
      ...{ epochs: fewEpochs(model), seed: 1, checkpointEveryMs: 1e9 },
      trainPath: await this.writePart(question, trainRows, 1),
      validationPath: await this.writePart(question, validationRows, 2),
      ...{ resumePath: null, outputDir: this.folder },
    };
  }

  /** Trains in a folder of its own. */
  async train(job: TrainingJob, options: Partial<TrainingOptions> = {}): Promise<Trained> {
    const folder = await mkdtemp(join(this.folder, 'run-'));
    const epochs: EpochReport[] = [];
    const checkpoints: CheckpointReport[] = [];
    const result = await runTraining(
      { ...job, outputDir: folder },
      {
        ...{ networks: 'tensorflow', deadlineMs: 120_000, memoryBytes: 2 ** 31 },
        onEpoch: (report) => void epochs.push(report),
        onCheckpoint: (report) => void checkpoints.push(report),
        ...options,
      },
    );
    const files = await Promise.all(
      [result.weights, result.predictions].map((path) => readFile(path)),
    );
    return { result, epochs, checkpoints, folder, digests: files.map((bytes) => toSha256(bytes)) };
  }

  /**
   * A smooth curve of two columns with some noise, or its thirds as classes.
   *
   * @param more tensors that replace or join `x` and `y`
   */
  async writePart(
    question: Question,
    rows: number,
    seed: number,
    more: (rows: number) => Readonly<Record<string, Tensor>> = () => ({}),
  ): Promise<string> {
    const random = createRandomStream(seed, 0);
    const x = Float32Array.from({ length: rows * 4 }, (_, index) => {
      const value = 2 * random() - 1;
      return index % 4 === 3 ? Math.sign(value) : value;
    });
    const curve = Float32Array.from({ length: rows }, (_, row) => {
      const [a = 0, b = 0, , d = 0] = x.subarray(4 * row, 4 * row + 4);
      return Math.sin(3 * a) + b * d + 0.1 * (random() - 0.5);
    });
    const tensors = {
      x: { dtype: 'F32', shape: [rows, 4], data: x },
      y: toTargets(question, curve),
      ...more(rows),
    } as const;
    const folder = await mkdtemp(join(this.folder, 'part-'));
    const path = join(folder, `${question}.safetensors`);
    await writeFile(path, encodeSafetensors(tensors));
    return path;
  }
}

function toTargets(question: Question, curve: Float32Array): Tensor {
  const shape = [curve.length];
  if (question === 'regression') return { dtype: 'F32', shape, data: curve };
  const borders = question === 'binary' ? [0.5] : [-0.5, 0.5];
  const classes = Int32Array.from(
    curve,
    (value) => borders.filter((border) => value > border).length,
  );
  return { dtype: 'I32', shape, data: classes };
}
