import type { LossPlan } from '../../../contract/training-plan.js';
import { type LbfgsState, minimizeByLbfgs, startLbfgs } from '../../../numerics/lbfgs.js';
import type { TrainingData } from '../../process/training-data.js';
import { measureColumns } from './column-statistics.js';
import type { SolverState } from './lbfgs-checkpoint.js';
import type { LinearModel } from './linear-model.js';
import { LinearProblem } from './linear-problem.js';
import { createRowLoss } from './row-loss.js';
import { solveRidge } from './solve-ridge.js';

export interface LinearQuestion {
  readonly data: TrainingData;
  readonly loss: LossPlan;
  /** Margins a row. */
  readonly outputs: number;
  readonly penalty: number;
}

export interface SolverHooks {
  readonly breathe: () => Promise<void>;
  /** After each iteration of L-BFGS; `iterations` counts those of all stages. */
  readonly onIteration: (iterations: number, state: SolverState) => Promise<void>;
  /** Where to go on. */
  readonly resumed: SolverState | null;
}

export interface LinearSolution {
  readonly model: LinearModel;
  /** Standard deviation of each feature. */
  readonly deviations: Float64Array;
  /** Weighted mean loss on the rows it was found for, without the penalty. */
  readonly meanLoss: number;
}

/** Wider features are not worth a matrix of all their products. */
const widestMatrix = 1_000;
/** Multiplications that are worth an exact solution: some twenty seconds. */
const mostProducts = 2e10;
/** Iterations of each stage. */
const mostIterations = 500;
const tolerances = { gradientTolerance: 1e-6, valueTolerance: 1e-10 };

/** Widths of the parabola that rounds the pinball loss off, from easy to exact enough. */
const smoothings = [1, 0.1, 0.01];

/**
 * Finds the linear model with the lowest penalized mean loss: of squared error by solving its equations, otherwise, or
 * where those are too many or have no unique solution, by L-BFGS. A loss with a kink is approached in stages, each
 * beginning where the one before ended.
 */
export async function solveLinear(
  question: LinearQuestion,
  hooks: SolverHooks,
): Promise<LinearSolution> {
  const { data, loss, penalty } = question;
  const statistics = await measureColumns(data, hooks.breathe);
  const toProblem = (smoothing: number): LinearProblem =>
    new LinearProblem({
      ...question,
      statistics,
      loss: createRowLoss(loss, data, smoothing),
      breathe: hooks.breathe,
    });
  const exact =
    loss.kind === 'squared' && isSmall(data)
      ? await solveRidge({ data, statistics, penalty, breathe: hooks.breathe })
      : null;
  const hasKink = loss.kind === 'absolute' || loss.kind === 'quantile';
  const problems = (hasKink ? smoothings : [0]).map(toProblem);
  const model = exact ?? (await minimizeInStages(problems, hooks));
  // There is one problem at least.
  const last = problems.at(-1) as LinearProblem;
  const deviations = statistics.variances.map(Math.sqrt);
  return { model, deviations, meanLoss: await last.measureLoss(model) };
}

function isSmall({ rowCount, width }: TrainingData): boolean {
  return width <= widestMatrix && (rowCount * width * width) / 2 <= mostProducts;
}

async function minimizeInStages(
  problems: readonly LinearProblem[],
  { resumed, onIteration }: SolverHooks,
): Promise<LinearModel> {
  let model: LinearModel | null = null;
  for (const [stage, problem] of problems.entries()) {
    if (resumed !== null && stage < resumed.stage) continue;
    const evaluate = problem.evaluate.bind(problem);
    const start: LbfgsState =
      resumed?.stage === stage ? resumed.lbfgs : await startLbfgs(evaluate, problem.toPoint(model));
    const end = await minimizeByLbfgs(evaluate, start, {
      mostIterations,
      ...tolerances,
      onIteration: (lbfgs) =>
        onIteration(stage * mostIterations + lbfgs.iteration, { stage, lbfgs }),
    });
    model = problem.toModel(end.point);
  }
  // There was a stage at least.
  return model as LinearModel;
}
