import type { ParameterValue } from './run-status.js';

/**
 * Any number between `low` and `high`, drawn evenly, or evenly on the logarithm with `log` (then `low` > 0); with `step`
 * one of `low`, `low + step`, … up to `high`.
 */
export interface FloatRange {
  readonly kind: 'float';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Above 0. */
  readonly step?: number;
  readonly log?: boolean;
}

/** One of `low`, `low + step`, … up to `high`; with `log` (then `low` > 0) small values come more often. */
export interface IntRange {
  readonly kind: 'int';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** 1 unless given. */
  readonly step?: number;
  readonly log?: boolean;
}

/** One of the listed values, each as likely as the others. */
export interface CategoricalRange {
  readonly kind: 'categorical';
  readonly name: string;
  readonly choices: readonly ParameterValue[];
}

export type ParameterRange = FloatRange | IntRange | CategoricalRange;

/** What a study may try: one range a hyperparameter, names distinct. */
export type SearchSpace = readonly ParameterRange[];
