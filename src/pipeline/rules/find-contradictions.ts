import type { PipelineFields } from '../pipeline-fields.js';
import type { Contradiction } from './contradiction.js';
import { findColumnContradictions } from './find-column-contradictions.js';
import { findModelContradictions } from './find-model-contradictions.js';
import { findParamContradictions } from './find-param-contradictions.js';
import { findSourceContradictions } from './find-source-contradictions.js';
import { findSpaceContradictions } from './find-space-contradictions.js';
import { findSplitContradictions } from './find-split-contradictions.js';

/** What sections that are right by themselves get wrong together. */
export function findContradictions(fields: PipelineFields): readonly Contradiction[] {
  return [
    ...findSourceContradictions(fields),
    ...findParamContradictions(fields),
    ...findColumnContradictions(fields),
    ...findSplitContradictions(fields),
    ...findModelContradictions(fields),
    ...findSpaceContradictions(fields),
  ];
}
