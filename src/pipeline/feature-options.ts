import { z } from 'zod';
import type { DatetimePart, FeatureKind } from '../contract/feature-plan.js';
import { flag, wholeNumber } from './fields.js';

const wantedNumberImpute = 'mean, median, most-frequent, none or a number';
const wantedBooleanImpute = 'most-frequent, true or false';
const wantedClip = 'a share from 0 to below 0.5';
const parts = [
  'year',
  'month',
  'day',
  'weekday',
  'hour',
  'minute',
] as const satisfies DatetimePart[];
const wantedParts = `a list of ${parts.join(', ')}`;

const indicator = flag.describe(
  'Whether one more input says that a value is missing; unset: where some are',
);

/** Options of each kind of feature column: the one description of their types and meanings. */
export const featureOptions = {
  number: z.strictObject({
    impute: z
      .union([z.enum(['mean', 'median', 'most-frequent', 'none']), z.number()], {
        error: wantedNumberImpute,
      })
      .exactOptional()
      .describe(
        'What stands for a missing number; `none`: it stays missing, which lightgbm understands',
      ),
    indicator: indicator.exactOptional(),
    scale: z
      .enum(['auto', 'standard', 'affine', 'robust', 'quantile', 'none'], {
        error: 'auto, standard, affine, robust, quantile or none',
      })
      .exactOptional()
      .describe(
        'How numbers are scaled; `auto`: standard, after a logarithm where that helps; `affine`: standard without limits',
      ),
    clip: z
      .number({ error: wantedClip })
      .min(0, wantedClip)
      .lt(0.5, wantedClip)
      .exactOptional()
      .describe('Share of the values cut off at each end'),
  }),
  category: z.strictObject({
    impute: z
      .string({ error: 'level, or a text that stands for missing values' })
      .min(1, 'level, or a text that stands for missing values')
      .exactOptional()
      .describe(
        '`level`: missing is a level of its own; any other text stands for a missing value',
      ),
    indicator: indicator.exactOptional(),
    encode: z
      .enum(['auto', 'one-hot', 'target', 'frequency', 'index'], {
        error: 'auto, one-hot, target, frequency or index',
      })
      .exactOptional()
      .describe('How levels become numbers; `auto`: one-hot for few, what `many` says for more'),
    oneHotLevels: wholeNumber(1, 1000)
      .exactOptional()
      .describe('Most levels that are few; unset: 64'),
    many: z
      .enum(['target', 'index'], { error: 'target or index' })
      .exactOptional()
      .describe('How `auto` encodes a column of more levels; unset: `target`'),
    pairs: z
      .enum(['one-hot', 'sign'], { error: 'one-hot or sign' })
      .exactOptional()
      .describe('Inputs of a one-hot column of two levels; `sign`: a single one of 1 or -1'),
    minRows: wholeNumber(1, 1e9).exactOptional().describe('A level of fewer rows counts as rare'),
    maxLevels: wholeNumber(1, 1e6)
      .exactOptional()
      .describe('Levels told apart at most, the most frequent first'),
  }),
  boolean: z.strictObject({
    impute: z
      .union([z.literal('most-frequent'), z.boolean()], { error: wantedBooleanImpute })
      .exactOptional()
      .describe('What stands for a missing value'),
    indicator: indicator.exactOptional(),
  }),
  datetime: z.strictObject({
    parts: z
      .array(z.enum(parts, { error: `one of ${parts.join(', ')}` }), { error: wantedParts })
      .min(1, wantedParts)
      .exactOptional()
      .describe('Parts of a time that are features'),
    cyclic: flag.exactOptional().describe('Whether parts that repeat become sine and cosine'),
    elapsed: flag.exactOptional().describe('Whether the time itself, in seconds, is a feature too'),
    indicator: indicator.exactOptional(),
  }),
  text: z.strictObject({
    buckets: wholeNumber(1, 65_536)
      .exactOptional()
      .describe('Number of inputs into which n-grams are hashed'),
    ngrams: wholeNumber(1, 8).exactOptional().describe('Longest n-gram, in units'),
    unit: z
      .enum(['word', 'character'], { error: 'word or character' })
      .exactOptional()
      .describe('Unit of n-grams'),
  }),
} as const satisfies Record<FeatureKind, z.ZodObject>;

export const featureKinds = [
  'number',
  'category',
  'boolean',
  'datetime',
  'text',
] as const satisfies readonly FeatureKind[];

/** Schema of an option of one kind; `undefined`: the kind has none of that name. */
export function findOption(kind: FeatureKind, option: string): z.ZodType | undefined {
  const { shape } = featureOptions[kind];
  return Object.hasOwn(shape, option) ? (shape as Record<string, z.ZodType>)[option] : undefined;
}

/** Kinds that know an option. */
export function kindsWith(option: string): readonly FeatureKind[] {
  return featureKinds.filter((kind) => findOption(kind, option) !== undefined);
}

/** Options of all kinds or of one. */
export function listOptions(kinds: readonly FeatureKind[] = featureKinds): readonly string[] {
  return [...new Set(kinds.flatMap((kind) => Object.keys(featureOptions[kind].shape)))];
}
