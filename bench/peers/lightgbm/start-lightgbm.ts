import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preparePythonEnvironment } from '../python-environment.js';

export interface PythonTraining {
  readonly folder: string;
  readonly width: number;
  /** In LightGBM's words. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly iterations: number;
  readonly patience: number;
}

export interface PythonTrained {
  readonly seconds: number;
  /** The best one. */
  readonly iterations: number;
  /** Metric in it. */
  readonly best: number;
}

export interface PythonLightgbm {
  readonly name: string;
  train(training: PythonTraining): Promise<PythonTrained>;
  stop(): Promise<void>;
}

const here = join(process.cwd(), 'bench', 'peers', 'lightgbm');

/** LightGBM's Python package in a process of one thread. */
export function startLightgbm(): PythonLightgbm {
  const programs = preparePythonEnvironment('lightgbm', join(here, 'requirements.txt'));
  process.stderr.write('peer: OMP_NUM_THREADS=1 python lightgbm_training.py\n');
  const child = spawn('python', [join(here, 'lightgbm_training.py')], {
    env: { PATH: programs, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: 'Python lightgbm 4.7.0, 1 thread',
    train: async (training) => {
      child.stdin.write(`${JSON.stringify(training)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('lightgbm_training.py ended before it answered');
      return JSON.parse(value);
    },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
