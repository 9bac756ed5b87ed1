/** How a model's probabilities are corrected so that they say how often they come true; plain JSON. */
export type Calibration = TemperatureCalibration | IsotonicCalibration;

/** Probabilities p become p^(1/temperature), scaled to add up to 1: above 1 they become less certain. */
export interface TemperatureCalibration {
  readonly kind: 'temperature';
  readonly temperature: number;
}

/**
 * Of two classes: the probability of the second is read off straight lines between points (`x` ascends strictly, `y`
 * never falls, both in [0, 1]; at least one point), level beyond the first and the last.
 */
export interface IsotonicCalibration {
  readonly kind: 'isotonic';
  readonly x: readonly number[];
  readonly y: readonly number[];
}
