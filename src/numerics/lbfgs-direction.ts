/** What a minimization remembers of its last steps, oldest first. */
export interface LbfgsMemory {
  readonly steps: readonly Float64Array[];
  /** Changes of the gradient over the steps; the product of each with its step is positive. */
  readonly changes: readonly Float64Array[];
}

/**
 * The gradient, turned and scaled by the remembered curvature, downhill (two loops: Nocedal, "Updating quasi-Newton
 * matrices with limited storage", 1980).
 */
export function toLbfgsDirection({
  gradient,
  steps,
  changes,
}: LbfgsMemory & { readonly gradient: Float64Array }): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const pairs = steps.map((step, index) => {
    // There is a change for each step.
    const change = changes[index] as Float64Array;
    return { step, change, curvature: dot(step, change) };
  });
  const shares = pairs.toReversed().map(({ step, change, curvature }) => {
    const share = dot(step, direction) / curvature;
    addScaled(direction, change, -share);
    return share;
  });
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let index = 0; index < direction.length; index += 1) {
      direction[index] = at(direction, index) * scale;
    }
  }
  for (const [index, { step, change, curvature }] of pairs.entries()) {
    // Shares were found from the newest pair to the oldest.
    const share = shares[pairs.length - 1 - index] as number;
    addScaled(direction, step, share - dot(change, direction) / curvature);
  }
  return direction;
}

function addScaled(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let index = 0; index < sum.length; index += 1) {
    sum[index] = at(sum, index) + factor * at(values, index);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += at(a, index) * at(b, index);
  return sum;
}

/** Vectors here are equally long. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
