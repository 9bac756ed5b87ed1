import type { NumberTransform } from '../feature-program.js';

/** `log` takes numbers above 0, `log1p` numbers above -1; log1p(x) is log(1 + x). */
export function applyTransform(transform: NumberTransform, value: number): number {
  switch (transform) {
    case 'none':
      return value;
    case 'log':
      return Math.log(value);
    case 'log1p':
      return Math.log1p(value);
  }
}
