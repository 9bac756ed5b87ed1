import type { RegressionTarget, TargetTransform } from './feature-program.js';
import { fromNormal, toNormal } from './number/quantile-knots.js';

export const targetTransforms = [
  'none',
  'log',
  'log1p',
  'sqrt',
  'quantile',
] as const satisfies TargetTransform[];

type Transformed = Pick<RegressionTarget, 'transform' | 'knots'>;

/** Transforms a target value in original units; NaN or infinite where the transform has no answer. */
export function transformTarget({ transform, knots }: Transformed, value: number): number {
  switch (transform) {
    case 'none':
      return value;
    case 'log':
      return Math.log(value);
    case 'log1p':
      return Math.log1p(value);
    case 'sqrt':
      return Math.sqrt(value);
    case 'quantile':
      return knots === null ? Number.NaN : toNormal(knots, value);
  }
}

/** Undoes transformTarget. */
export function invertTarget({ transform, knots }: Transformed, value: number): number {
  switch (transform) {
    case 'none':
      return value;
    case 'log':
      return Math.exp(value);
    case 'log1p':
      return Math.expm1(value);
    case 'sqrt':
      // Below 0 no root lies; the nearest target is 0.
      return value < 0 ? 0 : value * value;
    case 'quantile':
      return knots === null ? Number.NaN : fromNormal(knots, value);
  }
}
