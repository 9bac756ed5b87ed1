import { createRandomStream } from '../../../contract/random-stream.js';
import type { Parameters } from '../../../contract/run-status.js';
import { toUnitCube, type UnitCube } from '../../space/unit-cube.js';
import type { ObservedTrial, SamplerQuestion } from '../sampler.js';
import { sobolSampler } from '../sobol-sampler.js';
import { createTriedCheck, findUntried } from '../untried.js';
import { type Acquisition, createAcquisition } from './acquisition.js';
import { fitKernel } from './fit-kernel.js';
import { conditionProcess } from './gaussian-process.js';
import { type History, toHistory } from './history.js';
import type { Kernel } from './kernel.js';
import { maximizeAcquisition, type SearchEffort } from './maximize-acquisition.js';

/** Values that there have to be before they are modeled. */
const leastValues = 10;
/** Four times as many candidates and twice as many searches find no better trials, in twice the time. */
const effort: SearchEffort = { candidates: 512, searches: 5 };

/**
 * Models the objective as a Gaussian process and tries the point that promises to improve on the best value most
 * (Jones, Schonlau and Welch, "Efficient global optimization of expensive black-box functions", 1998). Spreads trials
 * evenly until ten have told something.
 */
export function gpSampler(question: SamplerQuestion): Parameters {
  const { space, trials, seed, number } = question;
  const cube = toUnitCube(space);
  const history = toHistory(cube, trials);
  if (history.points.length < leastValues) return sobolSampler(question);
  const random = createRandomStream(seed, number);
  const isCategorical = Uint8Array.from(cube.axes, ({ kind }) => (kind === 'categorical' ? 1 : 0));
  const kernel = fitKernel(history.points, history.values, isCategorical);
  const acquisition = modelAcquisition(kernel, history);
  if (acquisition === null) return sobolSampler(question);
  const found = maximizeAcquisition(withoutTried(acquisition, cube, trials), {
    ...{ cube, random, effort },
    scales: kernel.weights.map(Math.sqrt),
    observed: bestPoint(history),
  });
  const isTried = createTriedCheck(trials);
  for (const { point, value } of found) {
    const parameters = cube.toParameters(point);
    if (value > Number.NEGATIVE_INFINITY && !isTried(parameters)) return parameters;
  }
  return findUntried(cube, isTried, random) ?? cube.toParameters(bestPoint(history));
}

function modelAcquisition(
  kernel: Kernel,
  { points, values, awaited }: History,
): Acquisition | null {
  const process = conditionProcess(kernel, [...points, ...awaited], values);
  return process === null ? null : createAcquisition(process, values);
}

/** Nothing is expected of a second try where the space is finite; elsewhere hardly any point comes twice. */
function withoutTried(
  acquisition: Acquisition,
  cube: UnitCube,
  trials: readonly ObservedTrial[],
): Acquisition {
  if (!Number.isSafeInteger(cube.size)) return acquisition;
  const tried = new Set(trials.map(({ parameters }) => cube.indexOf(cube.toPoint(parameters))));
  return (point, gradient) =>
    tried.has(cube.indexOf(point)) ? Number.NEGATIVE_INFINITY : acquisition(point, gradient);
}

function bestPoint({ points, values }: History): Float64Array {
  let best = 0;
  for (const [index, value] of values.entries()) if (value < (values[best] ?? value)) best = index;
  // There are as many points as values, and some.
  return points[best] as Float64Array;
}
