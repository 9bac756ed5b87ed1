import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { preparePythonEnvironment } from '../python-environment.js';

const here = join(process.cwd(), 'bench', 'peers', 'keras-optuna');

export interface KerasOptuna {
  readonly name: string;
  /** One whole call of the script, interpreter start included. */
  run(dataPath: string, seed: number): Promise<{ readonly seconds: number; readonly rmse: number }>;
}

/** Prepares the script's environment before anything is timed. */
export function prepareKerasOptuna(): KerasOptuna {
  const programs = preparePythonEnvironment('keras-optuna', join(here, 'requirements.txt'));
  const script = join(here, 'diamonds_job.py');
  process.stderr.write('peer: python diamonds_job.py diamonds.csv.gz SEED\n');
  return {
    name: 'Python script: pandas, Optuna 5.0.0, Keras 3.15.1 on TensorFlow 2.21.0',
    run: async (dataPath, seed) => {
      const startedMs = performance.now();
      const child = spawn('python', [script, dataPath, String(seed)], {
        env: { PATH: `${programs}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let answer = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
      });
      const [exitCode] = await once(child, 'close');
      if (exitCode !== 0) throw new Error(`diamonds_job.py ended with exit code ${exitCode}`);
      return { seconds: (performance.now() - startedMs) / 1000, rmse: JSON.parse(answer).rmse };
    },
  };
}
