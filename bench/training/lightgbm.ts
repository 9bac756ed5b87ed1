import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainLightgbm } from '../../src/learning/families/lightgbm/train-lightgbm.js';
import type { TrainingContext } from '../../src/learning/process/family-trainer.js';
import { judge } from '../../src/learning/process/judge.js';
import { type BenchRow, median } from '../bench-report.js';
import {
  type PythonLightgbm,
  type PythonTrained,
  startLightgbm,
} from '../peers/lightgbm/start-lightgbm.js';
import { createLightgbmData, type LightgbmData, writeLightgbmData } from './lightgbm-data.js';

interface LightgbmCase {
  readonly name: string;
  readonly classCount: number | null;
  readonly rowCount: number;
  readonly iterations: number;
}

export interface LightgbmOptions {
  readonly quick: boolean;
  readonly withPeers: boolean;
}

const width = 20;
const numLeaves = 63;
const learningRate = 0.05;

/** More than the iterations, so that both sides grow the same trees. */
const patience = 100;

/**
 * Seconds from feature matrices to the stored model, beside the Python package on the same rows with the same settings:
 * both cut bins, train on one thread and look at the validation rows in every iteration.
 */
export async function measureLightgbm({ quick, withPeers }: LightgbmOptions): Promise<BenchRow[]> {
  const peer = withPeers ? startLightgbm() : null;
  try {
    const rows: BenchRow[] = [];
    for (const one of listCases(quick)) rows.push(await measureCase(one, peer, quick ? 2 : 5));
    return rows;
  } finally {
    await peer?.stop();
  }
}

function listCases(quick: boolean): LightgbmCase[] {
  const rowCount = quick ? 10_000 : 50_000;
  return [
    { name: 'lightgbmRegression', classCount: null, rowCount, iterations: 300 },
    { name: 'lightgbmTwoClasses', classCount: 2, rowCount, iterations: 300 },
    { name: 'lightgbmFiveClasses', classCount: 5, rowCount, iterations: 60 },
  ];
}

/** Both in turn; the first round only warms them up. */
async function measureCase(
  one: LightgbmCase,
  peer: PythonLightgbm | null,
  rounds: number,
): Promise<BenchRow> {
  const parts = { train: one.rowCount, validation: one.rowCount / 5 };
  const data = createLightgbmData(parts, width, one.classCount);
  const folder = await mkdtemp(join(tmpdir(), 'receta-bench-lightgbm-'));
  try {
    await writeLightgbmData(folder, data);
    const [own, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await trainOnce(one, data);
      const python = await peer?.train({ folder, width, ...toPython(one) });
      if (python !== undefined) assertEqual(one, ours, python);
      if (round === 0) continue;
      own.push(ours.seconds);
      if (python !== undefined) theirs.push(python.seconds);
    }
    return {
      name: `${one.name}${one.rowCount / 1000}kRowsX${width}Iterations${one.iterations}`,
      value: median(own),
      unit: 's',
      peer: peer?.name ?? null,
      peerValue: peer === null ? null : median(theirs),
      better: 'lower',
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function trainOnce(one: LightgbmCase, { train, validation }: LightgbmData) {
  const { classCount, iterations } = one;
  const task = classCount === null ? 'regression' : 'classification';
  const objective = classCount === null ? 'rmse' : 'logLoss';
  const loss = { kind: classCount === null ? 'squared' : 'cross-entropy' } as const;
  const rows = { task, y: validation.classes ?? validation.y, w: null } as const;
  const context: TrainingContext = {
    job: {
      ...{ model: 'lightgbm', task, classCount, loss, objective, classWeights: 'none' },
      ...{ parameters, epochs: iterations, seed: 1, checkpointEveryMs: Number.POSITIVE_INFINITY },
      outputs: Array.from({ length: width }, (_, index) => ({ name: `x${index}`, kind: 'number' })),
      ...{ trainPath: '', validationPath: '', resumePath: null, outputDir: '' },
    },
    ...{ train, validation, networks: 'tensorflow', resumed: null },
    nowMs: () => performance.now(),
    judge: (answers) => judge(objective, answers, rows),
    onEpoch: () => undefined,
    offerCheckpoint: async () => undefined,
    breathe: async () => undefined,
  };
  const startedAtMs = performance.now();
  const { value, bestEpoch } = await trainLightgbm(context);
  const seconds = (performance.now() - startedAtMs) / 1000;
  return { seconds, iterations: bestEpoch, best: value };
}

const parameters = {
  ...{ learningRate, numLeaves, minDataInLeaf: 20, baggingFraction: 1, featureFraction: 1 },
  ...{ lambdaL1: 0, lambdaL2: 0, catSmooth: 10, catL2: 10 },
};

function toPython({ classCount, iterations }: LightgbmCase) {
  const objective = classCount === null ? 'regression' : classCount === 2 ? 'binary' : 'multiclass';
  const metric =
    classCount === null ? 'rmse' : classCount === 2 ? 'binary_logloss' : 'multi_logloss';
  return {
    iterations,
    patience,
    parameters: {
      ...{ objective, metric, learning_rate: learningRate, num_leaves: numLeaves },
      ...{ min_data_in_leaf: 20, num_threads: 1, verbosity: -1 },
      ...{ deterministic: true, force_col_wise: true },
      ...(classCount !== null && classCount > 2 ? { num_class: classCount } : {}),
    },
  };
}

/** A faster training of another model would say nothing. */
function assertEqual(one: LightgbmCase, ours: PythonTrained, python: PythonTrained): void {
  const isClose = Math.abs(ours.best - python.best) <= 1e-5 * (1 + python.best);
  if (isClose && ours.iterations === python.iterations) return;
  throw new Error(
    `${one.name}: ${ours.best} in iteration ${ours.iterations}, but Python has ${python.best} in ${python.iterations}`,
  );
}
