import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preparePythonEnvironment } from '../python-environment.js';

export interface PythonMlp {
  readonly trainer: 'fit' | 'epoch' | 'xla';
  /** Holds `x.bin` and `y.bin`. */
  readonly folder: string;
  readonly inputs: number;
  readonly width: number;
  readonly batchSize: number;
  readonly outputs: number;
  readonly classes: boolean;
  readonly learningRate: number;
  readonly seconds: number;
}

export interface PythonTensorflow {
  train(mlp: PythonMlp): Promise<{ readonly stepsPerSecond: number; readonly loss: number }>;
  stop(): Promise<void>;
}

const here = join(process.cwd(), 'bench', 'peers', 'tensorflow');

/** TensorFlow and Keras in a Python process of one thread, with everything else as they come. */
export function startTensorflow(): PythonTensorflow {
  const programs = preparePythonEnvironment('tensorflow', join(here, 'requirements.txt'));
  process.stderr.write('peer: OMP_NUM_THREADS=1 python network_training.py\n');
  const child = spawn('python', [join(here, 'network_training.py')], {
    env: {
      ...{ PATH: programs, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
      ...{ TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    train: async (mlp) => {
      child.stdin.write(`${JSON.stringify(mlp)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('network_training.py ended before it answered');
      return JSON.parse(value);
    },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
