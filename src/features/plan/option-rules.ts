import type { FeatureKind, FeatureOptionsByKind } from '../../contract/feature-plan.js';
import { datetimeParts } from '../datetime/datetime-part.js';

/** What an option may be, in words and as a check. */
interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

type Rules<Options> = { readonly [Name in keyof Options]-?: OptionRule };

const flag: OptionRule = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};

const optionRules: { readonly [Kind in FeatureKind]: Rules<FeatureOptionsByKind[Kind]> } = {
  number: {
    impute: {
      expected: 'mean, median, most-frequent, none or a number',
      accepts: (value) =>
        Number.isFinite(value) || isOneOf('mean', 'median', 'most-frequent', 'none')(value),
    },
    indicator: flag,
    scale: oneOf('auto', 'standard', 'affine', 'robust', 'quantile', 'none'),
    clip: {
      expected: 'a share of at least 0 and below 0.5',
      accepts: (value) => typeof value === 'number' && value >= 0 && value < 0.5,
    },
  },
  category: {
    encode: oneOf('auto', 'one-hot', 'target', 'frequency', 'index'),
    oneHotLevels: wholeNumber(1, 1000),
    many: oneOf('target', 'index'),
    pairs: oneOf('one-hot', 'sign'),
    impute: {
      expected: '`level` or a text that stands for missing values',
      accepts: (value) => typeof value === 'string',
    },
    indicator: flag,
    minRows: wholeNumber(1, 1_000_000_000),
    maxLevels: wholeNumber(1, 1_000_000),
  },
  boolean: {
    impute: {
      expected: 'most-frequent, true or false',
      accepts: (value) => value === 'most-frequent' || typeof value === 'boolean',
    },
    indicator: flag,
  },
  datetime: {
    parts: { expected: `a list of some of ${datetimeParts.join(', ')}`, accepts: areParts },
    cyclic: flag,
    elapsed: flag,
    indicator: flag,
  },
  text: {
    buckets: wholeNumber(1, 65_536),
    ngrams: wholeNumber(1, 8),
    unit: oneOf('word', 'character'),
  },
};

export const featureKinds = Object.keys(optionRules) as readonly FeatureKind[];

/**
 * Says what is wrong with an option.
 *
 * @returns the end of a sentence that begins with the path of the option; null when it is right
 */
export function describeOptionProblem(
  kind: FeatureKind,
  name: string,
  value: unknown,
): string | null {
  const rules: Readonly<Record<string, OptionRule>> = optionRules[kind];
  if (!Object.hasOwn(rules, name)) return describeUnknown(kind, name);
  const rule = rules[name];
  if (rule === undefined || rule.accepts(value)) return null;
  return `must be ${rule.expected}, but is ${JSON.stringify(value) ?? String(value)}`;
}

/** Kinds that know an option. */
export function kindsWithOption(name: string): FeatureKind[] {
  return featureKinds.filter((kind) => Object.hasOwn(optionRules[kind], name));
}

function describeUnknown(kind: FeatureKind, name: string): string {
  const known = Object.keys(optionRules[kind]).join(', ');
  const others = kindsWithOption(name);
  const hint =
    others.length === 0
      ? `a ${kind} column knows ${known}`
      : `a ${kind} column knows ${known}; set kind: ${others.join(' or ')} to use it`;
  return `is no option of this column: ${hint}`;
}

function isOneOf(...values: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && values.includes(value);
}

function oneOf(...values: readonly string[]): OptionRule {
  return { expected: `one of ${values.join(', ')}`, accepts: isOneOf(...values) };
}

function wholeNumber(min: number, max: number): OptionRule {
  return {
    expected: `a whole number from ${min} to ${max}`,
    accepts: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  };
}

function areParts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every(isOneOf(...datetimeParts))
  );
}
