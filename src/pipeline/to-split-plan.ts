import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import { columnsWithRole } from './columns-with-role.js';
import { defaultSplitSeed } from './defaults.js';
import type { PipelineFile } from './pipeline-schema.js';
import { toFractions } from './split-fractions.js';
import { decideSplitType } from './split-problems.js';

/** Spells out what a split leaves open; keys and the time come from the roles of columns. */
export function toSplitPlan(
  { split, features }: Pick<PipelineFile, 'split' | 'features'>,
  rows: ArtifactRef | null,
): SplitPlan {
  const fractions = toFractions(split);
  const { seed = defaultSplitSeed, stratify = false, folds = null } = split;
  switch (decideSplitType(split)) {
    case 'hash': {
      const key = split.key ?? columnsWithRole(features, 'key', 'group');
      return { type: 'hash', ...fractions, seed, key, stratify, folds };
    }
    case 'time': {
      const by = split.by ?? columnsWithRole(features, 'time')[0] ?? '';
      return { type: 'time', ...fractions, by, gapMs: split.gap ?? 0, folds };
    }
    case 'column':
      return { type: 'column', column: split.column ?? '', values: toLabels(split) };
    case 'fixed':
      return { type: 'fixed', ...fractions, seed, stratify, rows };
  }
}

function toLabels({ values = {} }: PipelineFile['split']) {
  const { train = ['train'], validation = ['validation'], test = ['test'] } = values;
  return {
    train: train.map(String),
    validation: validation.map(String),
    test: test.map(String),
  };
}
