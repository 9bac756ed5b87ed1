import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePythonEnvironment } from '../python-environment.js';

const here = join(process.cwd(), 'bench', 'peers', 'lightgbm-quality');

export const lightgbmScript = join(here, 'lightgbm_quality.py');
export const lightgbmName = 'Python LightGBM 4.7.0, rate 0.05, early stopping on 20 %';

/** One fit of the peer; row numbers count from 0 over all files. */
export interface LightgbmRequest {
  readonly files: readonly string[];
  readonly target: string;
  /** Whether its logarithm is learned. */
  readonly log: boolean;
  readonly drop: readonly string[];
  readonly task: 'classification' | 'regression';
  readonly metric: 'rmse' | 'auc' | 'accuracy';
  readonly test: readonly number[];
  /** For early stopping. */
  readonly validation: readonly number[];
  /** Neither trained on nor tested. */
  readonly skip: readonly number[];
}

export interface LightgbmAnswer {
  /** For the test rows: the value, the probability of the second class, or the number of the class. */
  readonly predictions: Float64Array;
  readonly seconds: number;
  readonly trees: number;
}

/** Fits the peer in a Python process of one thread. */
export async function askLightgbm(request: LightgbmRequest): Promise<LightgbmAnswer> {
  const programs = preparePythonEnvironment('lightgbm-quality', join(here, 'requirements.txt'));
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-lightgbm-'));
  try {
    const output = join(folder, 'predictions.bin');
    const { seconds, trees } = await runOnce(programs, { ...request, output });
    const bytes = await readFile(output);
    return { predictions: new Float64Array(new Uint8Array(bytes).buffer), seconds, trees };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOnce(
  programs: string,
  request: object,
): Promise<{ readonly seconds: number; readonly trees: number }> {
  const child = spawn('python', [lightgbmScript], {
    env: { PATH: programs, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${JSON.stringify(request)}\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const answer = Buffer.concat(chunks).toString('utf8');
  if (answer === '') throw new Error('lightgbm_quality.py ended before it answered');
  return JSON.parse(answer);
}
