import { RecetaError } from '../../contract/errors.js';
import type { Calibration } from '../calibration/calibration.js';

/**
 * Reads a calibration from untrusted JSON.
 *
 * @throws RecetaError `model-invalid`
 */
export function parseCalibration(value: unknown): Calibration {
  const { kind, temperature, x, y } = Object(value) as Record<string, unknown>;
  if (kind === 'temperature' && typeof temperature === 'number' && temperature > 0) {
    return { kind, temperature };
  }
  if (kind === 'isotonic' && isShares(x) && isShares(y) && x.length > 0 && x.length === y.length) {
    // Both are looked up at indexes below their length.
    const ascends = x.every((place, index) => index === 0 || place > (x[index - 1] as number));
    const neverFalls = y.every((share, index) => index === 0 || share >= (y[index - 1] as number));
    if (ascends && neverFalls) return { kind, x, y };
  }
  throw new RecetaError(
    'model-invalid',
    'Reading a model document: its calibration is neither a temperature above 0 nor a rising line of probabilities. ' +
      'The stored model is damaged or of another version; train it again.',
  );
}

function isShares(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((share) => typeof share === 'number' && share >= 0 && share <= 1)
  );
}
