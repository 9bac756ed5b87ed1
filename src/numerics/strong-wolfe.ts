/** A function of a step length: its value and slope there. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

export interface WolfeOptions {
  readonly firstStep: number;
  /** Decrease that is asked for, as a share of what the slope at 0 promises. */
  readonly decrease?: number;
  /** Largest slope left, as a share of the slope at 0. */
  readonly curvature?: number;
  readonly mostEvaluations?: number;
}

/**
 * Finds a step that satisfies the strong Wolfe conditions: expansion until a bracket, then cubic interpolation inside it
 * (Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6). A value that is not finite counts as too
 * high.
 *
 * @param evaluate the function at a step above 0
 * @param origin step 0, with a slope below 0
 * @returns `null` when no such step is found, as at the bottom of a function where only rounding is left; `evaluate` was
 *   last called at the step returned
 */
export async function searchStrongWolfe(
  evaluate: (step: number) => Promise<LinePoint>,
  origin: LinePoint,
  { firstStep, decrease = 1e-4, curvature = 0.9, mostEvaluations = 30 }: WolfeOptions,
): Promise<LinePoint | null> {
  const isLowEnough = ({ step, value }: LinePoint): boolean =>
    value <= origin.value + decrease * step * origin.slope;
  const isFlatEnough = ({ slope }: LinePoint): boolean =>
    Math.abs(slope) <= curvature * Math.abs(origin.slope);

  // `low` is the best point that is low enough; once there is a `high`, such a step lies between both.
  let low = origin;
  let high: LinePoint | null = null;
  let step = firstStep;
  for (let count = 0; count < mostEvaluations; count += 1) {
    const point = await evaluate(step);
    if (!isLowEnough(point) || (count > 0 && !(point.value < low.value))) {
      high = point;
    } else {
      if (isFlatEnough(point)) return point;
      // The function falls from `point` towards the other end of the bracket, or, without one, back towards `low`.
      const isTurned: boolean =
        high === null ? point.slope >= 0 : point.slope * (high.step - point.step) >= 0;
      if (isTurned) high = low;
      low = point;
    }
    step = high === null ? 2 * step : interpolate(low, high);
    if (step === low.step || !Number.isFinite(step)) return null;
  }
  return null;
}

/** Bottom of the cubic through both points and their slopes, kept off the ends of the bracket; else its middle. */
function interpolate(a: LinePoint, b: LinePoint): number {
  const width = b.step - a.step;
  const middle = a.step + width / 2;
  const secant = (b.value - a.value) / width;
  const bend = a.slope + b.slope - 3 * secant;
  const discriminant = bend * bend - a.slope * b.slope;
  const root = Math.sqrt(discriminant) * Math.sign(width);
  const share = 1 - (b.slope + root - bend) / (b.slope - a.slope + 2 * root);
  const isInside = share >= 0.1 && share <= 0.9;
  return isInside ? a.step + share * width : middle;
}
