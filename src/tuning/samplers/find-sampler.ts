import { RecetaError } from '../../contract/errors.js';
import type { SamplerName } from '../../contract/tuning-study.js';
import { createAutoSampler } from './auto-sampler.js';
import { gpSampler } from './gp/gp-sampler.js';
import { gridSampler } from './grid-sampler.js';
import { randomSampler } from './random-sampler.js';
import type { Sampler } from './sampler.js';
import { sobolSampler } from './sobol-sampler.js';
import { tpeSampler } from './tpe/tpe-sampler.js';

/** A rule that suggests trials, in one version. */
export interface VersionedSampler {
  readonly name: SamplerName;
  readonly sample: Sampler;
}

/**
 * By name and version. A study keeps the version that it began with: a rule that answers otherwise than before comes
 * under a new number, and the old one stays as long as studies may run that began with it.
 */
const samplers: Readonly<Record<string, VersionedSampler>> = {
  'auto/1': {
    name: 'auto',
    sample: createAutoSampler({ sobol: sobolSampler, gp: gpSampler, tpe: tpeSampler }),
  },
  'tpe/1': { name: 'tpe', sample: tpeSampler },
  'gp/1': { name: 'gp', sample: gpSampler },
  'random/3': { name: 'random', sample: randomSampler },
  'sobol/1': { name: 'sobol', sample: sobolSampler },
  'grid/1': { name: 'grid', sample: gridSampler },
};

/** Name and newest version of a rule. */
export function newestVersion(name: SamplerName): string {
  // There is one of each name.
  return Object.keys(samplers).findLast((key) => samplers[key]?.name === name) as string;
}

/** @throws RecetaError `precondition-failed` for a version that is not here any more */
export function findSampler(version: string): VersionedSampler {
  const found = samplers[version];
  if (found !== undefined) return found;
  throw new RecetaError(
    'precondition-failed',
    `Suggesting a trial: the study began with the sampler ${version}, which this version of Receta does not have. ` +
      'Finish the study with the version that it began with, or start the run again.',
  );
}
