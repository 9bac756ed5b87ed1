import type { CategoryOptions } from '../../contract/feature-plan.js';
import { compareCodeUnits } from '../compare-code-units.js';

export type CategoryEncode = Exclude<NonNullable<CategoryOptions['encode']>, 'auto'>;

/** From more levels on, `auto` takes another encoding than one output a level, unless the plan says otherwise. */
const usualOneHotLevels = 64;

/** Target encoding has an output a class; of more classes, a few frequent levels say more. */
const maxTargetOutputs = 32;

/** Levels told apart unless the plan says otherwise. */
const usualMaxLevels: Record<CategoryEncode, number> = {
  'one-hot': usualOneHotLevels,
  target: 10_000,
  frequency: 10_000,
  index: 10_000,
};

/** What the plan cannot exceed: outputs of a one-hot column, and numbers in the program of a target-encoded one. */
const maxOutputs = 1000;
const maxStoredNumbers = 1_000_000;

export interface LevelLimits {
  readonly encode: CategoryEncode;
  readonly minRows: number;
  readonly maxLevels: number;
}

/**
 * Decides how a category becomes numbers.
 *
 * @param facts different values and rows of the train part; outputs that target encoding would have
 */
export function decideLevelLimits(
  options: CategoryOptions,
  facts: { readonly levels: number; readonly rows: number; readonly targetOutputs: number },
): LevelLimits {
  const { minRows, maxLevels } = options;
  const decided = decideEncode(options, facts);
  return {
    encode: decided,
    minRows: minRows ?? (decided === 'frequency' ? 1 : usualMinRows(facts.rows)),
    maxLevels: Math.min(
      maxLevels ?? Math.max(usualMaxLevels[decided], options.oneHotLevels ?? 0),
      decided === 'one-hot' ? maxOutputs : maxStoredNumbers,
      decided === 'target' ? Math.floor(maxStoredNumbers / facts.targetOutputs) : maxStoredNumbers,
    ),
  };
}

function decideEncode(
  {
    encode = 'auto',
    oneHotLevels = usualOneHotLevels,
    many = 'target',
    maxLevels,
  }: CategoryOptions,
  { levels, targetOutputs }: { readonly levels: number; readonly targetOutputs: number },
): CategoryEncode {
  if (encode !== 'auto') return encode;
  if (Math.min(levels, maxLevels ?? levels) <= oneHotLevels) return 'one-hot';
  return many === 'target' && targetOutputs > maxTargetOutputs ? 'one-hot' : many;
}

/** A level of fewer rows (one in a thousand, at least 2, at most 20) is too rare to learn from. */
function usualMinRows(rows: number): number {
  return Math.min(20, Math.max(2, Math.ceil(rows / 1000)));
}

/**
 * Levels of at least `minRows` rows, the most frequent `maxLevels` of these.
 *
 * @returns sorted by code units
 */
export function chooseLevels(
  counts: ReadonlyMap<string, number>,
  { minRows, maxLevels }: LevelLimits,
): string[] {
  return [...counts]
    .filter(([, count]) => count >= minRows)
    .sort(([a, countA], [b, countB]) => countB - countA || compareCodeUnits(a, b))
    .slice(0, maxLevels)
    .map(([level]) => level)
    .sort(compareCodeUnits);
}
