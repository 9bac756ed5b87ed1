/** A share as a percentage with as many digits as it takes to differ from 0, e.g. `12 %`, `0.013 %`. */
export function describeFraction(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
