import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, median } from '../bench-report.js';
import {
  type PythonMlp,
  type PythonTensorflow,
  startTensorflow,
} from '../peers/tensorflow/start-tensorflow.js';
import { createMlpData, type MlpCase, mlpCases, mlpInputs, mlpLearningRate } from './mlp-case.js';
import { type NetworkChild, startNetworkChild } from './start-network-child.js';

export interface MlpOptions {
  readonly quick: boolean;
  readonly withPeers: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** One way to train the same network; gives steps a second. */
interface Peer {
  readonly label: string;
  readonly name: string;
  measure(seconds: number): Promise<number>;
}

const growthSteps = 10_000;

/** Steps a second of our graph beside those of tfjs-node's and Python's trainers, each pair one after the other. */
export async function measureMlp(options: MlpOptions): Promise<BenchRow[]> {
  const child = startNetworkChild(options.env);
  const python = options.withPeers ? startTensorflow() : null;
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-training-'));
  try {
    const rows: BenchRow[] = [];
    for (const one of mlpCases) {
      const peers = python === null ? [] : await listPeers(one, { child, python, folder });
      rows.push(...(await measureCase(one, child, peers, options.quick)));
    }
    return [...rows, ...(await measureGrowth(child))];
  } finally {
    await python?.stop();
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function listPeers(
  one: MlpCase,
  { child, python, folder }: { child: NetworkChild; python: PythonTensorflow; folder: string },
): Promise<readonly Peer[]> {
  const fromPython = await describeForPython(one, join(folder, one.name));
  const askPython = (trainer: PythonMlp['trainer']) => async (seconds: number) => {
    const { stepsPerSecond } = await python.train({ ...fromPython, trainer, seconds });
    return stepsPerSecond;
  };
  const epoch: Peer = {
    label: 'Epoch',
    name: 'Python tf.function of a whole epoch, TensorFlow 2.21, 1 thread',
    measure: askPython('epoch'),
  };
  const xla: Peer = {
    label: 'Xla',
    name: 'the same compiled by XLA (jit_compile), 1 thread',
    measure: askPython('xla'),
  };
  if (one !== mlpCases[0]) return [epoch, xla];
  return [
    epoch,
    xla,
    { label: 'Keras', name: 'Keras 3.15 fit, 1 thread', measure: askPython('fit') },
    {
      label: 'ModelFit',
      name: 'tfjs-node 4.22 model.fit, 1 thread',
      measure: async (seconds) => {
        const { stepsPerSecond } = await child.train({ trainer: 'fit', one, seconds, steps: 0 });
        return stepsPerSecond;
      },
    },
  ];
}

async function describeForPython(
  one: MlpCase,
  prefix: string,
): Promise<Omit<PythonMlp, 'trainer' | 'seconds'>> {
  const folder = await mkdtemp(`${prefix}-`);
  const { x, y } = createMlpData(one);
  await writeFile(join(folder, 'x.bin'), x);
  await writeFile(join(folder, 'y.bin'), y);
  const { width, batchSize, classCount } = one;
  return {
    ...{ folder, inputs: mlpInputs, width, batchSize, learningRate: mlpLearningRate },
    ...{ outputs: classCount ?? 1, classes: classCount !== null },
  };
}

/** Ours and a peer in turn, in short rounds so that both meet the same machine; the first one only warms them up. */
async function measureCase(
  one: MlpCase,
  child: NetworkChild,
  peers: readonly Peer[],
  quick: boolean,
): Promise<BenchRow[]> {
  const rounds = quick ? 5 : 21;
  const seconds = quick ? 0.2 : 0.25;
  const measureOwn = async (): Promise<number> => {
    const answer = await child.train({ trainer: 'graph', one, seconds, steps: 0 });
    if (!Number.isFinite(answer.loss)) throw new Error(`${one.name}: the loss is ${answer.loss}`);
    return answer.stepsPerSecond;
  };
  const rows: BenchRow[] = [];
  for (const peer of peers.length === 0 ? [null] : peers) {
    const [own, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await measureOwn();
      const other = await peer?.measure(seconds);
      if (round === 0) continue;
      own.push(ours);
      if (other !== undefined) theirs.push(other);
    }
    rows.push({
      name: `${one.name}${peer?.label ?? ''}`,
      value: median(own),
      unit: 'steps/s',
      peer: peer?.name ?? null,
      peerValue: peer === null ? null : median(theirs),
      better: 'higher',
    });
  }
  return rows;
}

/** What a long training adds to memory once it runs. */
async function measureGrowth(child: NetworkChild): Promise<BenchRow[]> {
  const [one] = mlpCases;
  if (one === undefined) return [];
  const train = () => child.train({ trainer: 'graph', one, seconds: 0, steps: growthSteps });
  await train();
  const { tensorsGrown, residentBytesGrown } = await train();
  const row = (name: string, value: number, unit: string): BenchRow => {
    return { name, value, unit, peer: null, peerValue: null, better: 'lower' };
  };
  return [
    row(`tensorsGrownIn${growthSteps}Steps`, tensorsGrown, 'tensors'),
    row(`memoryGrownIn${growthSteps}Steps`, residentBytesGrown / 2 ** 20, 'MiB'),
  ];
}
