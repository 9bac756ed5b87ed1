import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Parameters } from '../../../src/contract/run-status.js';
import type { SamplerQuestion } from '../../../src/tuning/samplers/sampler.js';
import { preparePythonEnvironment } from '../python-environment.js';

const here = join(process.cwd(), 'bench', 'peers', 'optuna');

export interface OptunaSuggestion {
  readonly parameters: Parameters;
  /** Of the suggestion alone. */
  readonly seconds: number;
}

export interface Optuna {
  readonly name: string;
  /** Ends the study in hand; the next question begins a new one. */
  startStudy(): void;
  /** Asks for one trial. Questions of a study come in the order of their numbers, each with all trials before it. */
  suggest(question: SamplerQuestion): Promise<OptunaSuggestion>;
  stop(): Promise<void>;
}

/** Optuna with its defaults in a Python process of one thread. */
export async function startOptuna(): Promise<Optuna> {
  const programs = preparePythonEnvironment('optuna', join(here, 'requirements.txt'));
  process.stderr.write('peer: OMP_NUM_THREADS=1 python optuna_study.py\n');
  const child = spawn('python', [join(here, 'optuna_study.py')], {
    env: { PATH: programs, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** Trials that Optuna knows, and whether they have ended for it. */
  let known: boolean[] = [];
  const suggest = async (question: SamplerQuestion): Promise<OptunaSuggestion> => {
    const { space, seed, trials, number } = question;
    const start = known.length === 0 ? { start: { space, seed } } : {};
    const ended = trials.filter(
      (trial) => trial.state === 'complete' && known[trial.number] !== true,
    );
    const tell = ended.filter((trial) => known[trial.number] === false);
    const add = ended.filter((trial) => known[trial.number] === undefined);
    for (const trial of ended) known[trial.number] = true;
    child.stdin.write(`${JSON.stringify({ ...start, tell, add })}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error('optuna_study.py ended before it answered');
    const answer: OptunaSuggestion & { readonly number: number } = JSON.parse(value);
    if (answer.number !== number)
      throw new Error(`Optuna is at trial ${answer.number}, not ${number}`);
    known[number] = false;
    return answer;
  };
  return {
    name: 'Python Optuna 5.0.0, TPESampler()',
    startStudy: () => {
      known = [];
    },
    suggest,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
