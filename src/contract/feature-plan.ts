/**
 * What a column is for. `key` names the thing a row is about and `group` what several rows share: neither is learned
 * from, and rows that share one stay on one side of a split. `time` orders the rows. `weight` says how much a row counts.
 */
export type ColumnRole = 'feature' | 'ignored' | 'key' | 'group' | 'time' | 'weight';

/** How a feature column is understood: `category` is one of few values, `text` is made of words. */
export type FeatureKind = 'number' | 'category' | 'boolean' | 'datetime' | 'text';

export type DatetimePart = 'year' | 'month' | 'day' | 'weekday' | 'hour' | 'minute';

/** What may be said of number columns. Every member is optional: unset means that the fit decides from the train part. */
export interface NumberOptions {
  /**
   * What stands for a missing value: a statistic of the train part, or a constant in raw units. `none`: nothing does,
   * it stays missing (NaN), for models that know what to do with it.
   */
  readonly impute?: 'mean' | 'median' | 'most-frequent' | 'none' | number;
  /** Whether one more output says that a value is missing; unset: where values of the train part are filled. */
  readonly indicator?: boolean;
  /**
   * `auto`: standard, after a logarithm where that makes the column much less skewed. `standard` stops at ten
   * deviations, `affine` nowhere.
   */
  readonly scale?: 'auto' | 'standard' | 'affine' | 'robust' | 'quantile' | 'none';
  /** Share of the train part's values cut off at each end, in [0, 0.5). */
  readonly clip?: number;
}

export interface CategoryOptions {
  /** `auto`: one-hot for up to `oneHotLevels` levels, what `many` says for more. */
  readonly encode?: 'auto' | 'one-hot' | 'target' | 'frequency' | 'index';
  readonly oneHotLevels?: number;
  readonly many?: 'target' | 'index';
  /** Outputs of a one-hot column of two levels: two, or a single one that is 1, -1, or 0 for anything else. */
  readonly pairs?: 'one-hot' | 'sign';
  /** `level`: missing is a level of its own. Any other text is a constant that stands for a missing value. */
  readonly impute?: string;
  readonly indicator?: boolean;
  /** A level of fewer rows of the train part counts as rare. */
  readonly minRows?: number;
  /** Levels told apart at most, the most frequent first. */
  readonly maxLevels?: number;
}

export interface DatetimeOptions {
  readonly parts?: readonly DatetimePart[];
  /** Parts that repeat become sine and cosine instead of numbers. */
  readonly cyclic?: boolean;
  /** Whether the time itself, in seconds, is a feature too. */
  readonly elapsed?: boolean;
  readonly indicator?: boolean;
}

export interface BooleanOptions {
  readonly impute?: 'most-frequent' | boolean;
  readonly indicator?: boolean;
}

export interface TextOptions {
  /** Number of outputs into which n-grams are hashed. */
  readonly buckets?: number;
  /** Longest n-gram, in units. */
  readonly ngrams?: number;
  readonly unit?: 'word' | 'character';
}

export interface FeatureOptionsByKind {
  readonly number: NumberOptions;
  readonly category: CategoryOptions;
  readonly boolean: BooleanOptions;
  readonly datetime: DatetimeOptions;
  readonly text: TextOptions;
}

/** One column's own words; options that its kind does not know are refused when the program is fitted. */
export interface ColumnPlan {
  readonly role?: ColumnRole;
  readonly kind?: FeatureKind;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface TargetPlan {
  /** `auto`: a logarithm where that makes the target much less skewed. Regression only. */
  readonly transform: 'auto' | 'none' | 'log' | 'log1p' | 'sqrt' | 'quantile';
}

/** What the pipeline file says of features; roles and kinds that it leaves open are inferred. */
export interface FeaturePlan {
  readonly defaults: Partial<FeatureOptionsByKind>;
  readonly columns: Readonly<Record<string, ColumnPlan>>;
  readonly target: TargetPlan;
}

/** A column computed row by row with a SQL expression, in training, batch and serving alike. */
export interface DerivedColumn {
  readonly name: string;
  readonly expression: string;
  /** DuckDB type of its values. */
  readonly sqlType: string;
  /** Columns that the expression reads, with the types they have in the table. */
  readonly inputs: readonly { readonly name: string; readonly sqlType: string }[];
}
